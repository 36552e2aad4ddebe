/** The case worker as the page calls it. */
import * as Comlink from 'comlink';
import type { CaseApi, CaseEvent } from '../../workers/contract.ts';

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
    connect: (port) => racing.connect(Comlink.transfer(port, [port])),
    listen: (listener: (event: CaseEvent) => void) => racing.listen(Comlink.proxy(listener)),
  };
}

/** A Comlink remote answers to any name: these are the ones that the contract has. */
const METHODS = [
  'storage', 'cases', 'create', 'open', 'close', 'rename', 'remove', 'removeAll', 'connect', 'settle', 'header',
  'view', 'rows', 'position', 'detail', 'entity', 'handovers', 'sources', 'rules', 'setRules', 'preview', 'checkRules', 'lint', 'complete', 'geo', 'removeGeo', 'saveFilter', 'removeFilter', 'listen',
  'mark', 'undoMark', 'redoMark', 'timeline',
  'export', 'cancelExport',
] as const satisfies readonly (keyof CaseApi)[]; // prettier-ignore

function methodsOf(api: CaseApi): CaseApi {
  return Object.fromEntries(METHODS.map((name) => [name, api[name]])) as unknown as CaseApi;
}
