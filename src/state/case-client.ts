/** The case worker as the page calls it. */
import * as Comlink from 'comlink';
import type { CaseApi, CaseEvent, StartHelper } from '../../workers/contract.ts';

/** @returns a promise that rejects with one sentence when the worker has died */
export function deathOf(worker: Worker): Promise<never> {
  const death = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      reject(
        new Error(
          `The case worker stopped (${event.message || 'no reason given'}). Reload the page: what was stored is safe.`,
        ),
      );
    });
  });
  // Looked at only while a call is under way.
  death.catch(() => undefined);
  return death;
}

/**
 * Connects to a case worker. Every call races with the worker's death, because a dead worker never answers.
 *
 * @returns the worker's answers as plain promises; they reject with one sentence when the worker has died
 */
export function connectCase(worker: Worker, death: Promise<never>): CaseApi {
  const remote = Comlink.wrap<CaseApi>(worker);
  const racing = new Proxy(remote, {
    get: (target, name) => {
      const method = target[name as keyof CaseApi] as unknown as (...args: unknown[]) => Promise<unknown>;
      return (...args: unknown[]) => Promise.race([method(...args), death]);
    },
  }) as unknown as CaseApi;
  return {
    ...methodsOf(racing),
    searchWith: (start: StartHelper) => racing.searchWith(Comlink.proxy(start)),
    connect: (port) => racing.connect(Comlink.transfer(port, [port])),
    listen: (listener: (event: CaseEvent) => void) => racing.listen(Comlink.proxy(listener)),
  };
}

/** A Comlink remote answers to any name: these are the ones that the contract has, every one of them. */
const METHODS: Record<keyof CaseApi, true> = {
  storage: true,
  cases: true,
  create: true,
  open: true,
  close: true,
  rename: true,
  remove: true,
  removeAll: true,
  searchWith: true,
  connect: true,
  settle: true,
  header: true,
  view: true,
  prepareView: true,
  stopView: true,
  rows: true,
  position: true,
  detail: true,
  entity: true,
  handovers: true,
  sources: true,
  rules: true,
  setRules: true,
  preview: true,
  checkRules: true,
  lint: true,
  lintRule: true,
  complete: true,
  makeReady: true,
  geo: true,
  removeGeo: true,
  saveFilter: true,
  removeFilter: true,
  listen: true,
  mark: true,
  undoMark: true,
  redoMark: true,
  timeline: true,
  export: true,
  cancelExport: true,
};

function methodsOf(api: CaseApi): CaseApi {
  const names = Object.keys(METHODS) as (keyof CaseApi)[];
  return Object.fromEntries(names.map((name) => [name, api[name]])) as unknown as CaseApi;
}
