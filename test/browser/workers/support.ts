/** Case workers and ingest workers as the page has them, without the page; what is open when a test ends is closed. */
import { afterEach } from 'vitest';
import { createIngest, startHelper, type Given, type IngestProgress } from '../../../src/ingest/index.ts';
import { connectCase, deathOf } from '../../../src/state/case-client.ts';
import CaseWorker from '../../../workers/case.ts?worker&inline';
import type { CaseApi, CaseEvent, ViewSpec } from '../../../workers/contract.ts';
import IngestWorker from '../../../workers/ingest.ts?worker&inline';
import SearchWorker from '../../../workers/search.ts?worker&inline';
import UnpackWorker from '../../../workers/unpack.ts?worker&inline';

/** A page without a face: its case worker, its ingest workers. */
export interface Page {
  cases: CaseApi;
  worker: Worker;
  searchers: Worker[];
  readers: Worker[];
  unpackers: Worker[];
  events: CaseEvent[];
  read(given: Given, watch?: (progress: IngestProgress) => void): Promise<IngestProgress>;
  sample(): Promise<IngestProgress>;
}

const pages: Page[] = [];

export function openPage(workers = 2): Page {
  const worker = new CaseWorker();
  const caseDied = deathOf(worker);
  const cases = connectCase(worker, caseDied);
  const readers: Worker[] = [];
  const spawn = (): Worker => {
    const reader = new IngestWorker();
    readers.push(reader);
    return reader;
  };
  const unpackers: Worker[] = [];
  const spawnUnpacker = (): Worker => {
    const unpacker = new UnpackWorker();
    unpackers.push(unpacker);
    return unpacker;
  };
  const searchers: Worker[] = [];
  const spawnSearcher = (): Worker => {
    const searcher = new SearchWorker();
    searchers.push(searcher);
    return searcher;
  };
  void cases.searchWith((life) => startHelper(spawnSearcher(), life));
  const ingest = createIngest(
    { spawn, spawnUnpacker, connect: (port) => cases.connect(port), caseDied },
    workers,
  );
  const events: CaseEvent[] = [];
  void cases.listen((event) => events.push(event));
  const follow = async (
    start: (tell: (progress: IngestProgress) => void) => { done: Promise<void> },
  ): Promise<IngestProgress> => {
    let last: IngestProgress | null = null;
    await start((progress) => (last = progress)).done;
    return last!;
  };
  const page: Page = {
    cases,
    worker,
    searchers,
    readers,
    unpackers,
    events,
    read: (given, watch) =>
      follow((tell) =>
        ingest.read(ingest.hold(given), (progress) => {
          tell(progress);
          watch?.(progress);
        }),
      ),
    sample: () => follow((tell) => ingest.sample(tell)),
  };
  pages.push(page);
  return page;
}

afterEach(async () => {
  for (const { worker, searchers } of pages.splice(0)) {
    for (const one of [worker, ...searchers]) one.terminate();
  }
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase('trailsift');
    request.onsuccess = resolve;
    request.onerror = reject;
  });
});

export const all = (rows: ViewSpec['rows'], query = ''): ViewSpec => ({
  rows,
  query,
  from: null,
  to: null,
  sort: [],
  facets: [],
  bars: 60,
});

export const record = (n: number, more: object = {}): object => ({
  eventVersion: '1.08',
  userIdentity: { type: 'IAMUser', userName: 'alice', arn: 'arn:aws:iam::111122223333:user/alice' },
  eventTime: new Date(Date.UTC(2026, 9, 5) + n * 1000).toISOString().replace('.000', ''),
  eventSource: 'iam.amazonaws.com',
  eventName: 'ListUsers',
  awsRegion: 'us-east-1',
  eventID: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  recipientAccountId: '111122223333',
  ...more,
});

export const log = (path: string, records: object[]): { path: string; file: File } => ({
  path,
  file: new File([JSON.stringify({ Records: records })], path),
});

export const files = (...given: { path: string; file: File }[]): Given => ({ kind: 'files', files: given });

export async function create(page: Page, name = 'Case'): Promise<string> {
  const answer = await page.cases.create(name);
  if (!answer.ok) throw new Error(answer.message);
  return answer.header.id;
}
