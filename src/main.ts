/** Wiring only: starts the case worker, and mounts the page with the services that it works with. */
import { mount } from 'svelte';
import CaseWorker from '../workers/case.ts?worker&inline';
import IngestWorker from '../workers/ingest.ts?worker&inline';
import SearchWorker from '../workers/search.ts?worker&inline';
import UnpackWorker from '../workers/unpack.ts?worker&inline';
import { createIngest, startHelper } from './ingest/index.ts';
import { connectCase, deathOf } from './state/case-client.ts';
import { Session } from './state/session.svelte.ts';
import App from './ui/App.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element with the id "app".');
const caseWorker = new CaseWorker();
const caseDied = deathOf(caseWorker);
const cases = connectCase(caseWorker, caseDied);
// Where the case worker has died, whatever is asked of it next tells so.
cases.searchWith((life) => startHelper(new SearchWorker(), life)).catch(() => undefined);
const ingest = createIngest({
  spawn: () => new IngestWorker(),
  spawnUnpacker: () => new UnpackWorker(),
  connect: (port) => cases.connect(port),
  caseDied,
});
mount(App, { target, props: { session: new Session({ cases, ingest }) } });
