/** Wiring only: starts the case worker, and mounts the page with the services that it works with. */
import { mount } from 'svelte';
import CaseWorker from '../workers/case.ts?worker&inline';
import IngestWorker from '../workers/ingest.ts?worker&inline';
import SearchWorker from '../workers/search.ts?worker&inline';
import { createIngest } from './ingest/index.ts';
import { connectCase, deathOf } from './state/case-client.ts';
import { searcherStarter } from './state/search-workers.ts';
import { Session } from './state/session.svelte.ts';
import App from './ui/App.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element with the id "app".');
const caseWorker = new CaseWorker();
const caseDied = deathOf(caseWorker);
const cases = connectCase(caseWorker, caseDied);
void cases.searchWith(searcherStarter(() => new SearchWorker()));
const ingest = createIngest({
  spawn: () => new IngestWorker(),
  connect: (port) => cases.connect(port),
  caseDied,
});
mount(App, { target, props: { session: new Session({ cases, ingest }) } });
