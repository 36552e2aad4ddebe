/** Search workers: the case worker asks for them, and the page starts them. */
import * as Comlink from 'comlink';
import type { SearchWorkerApi, StartSearcher } from '../../workers/contract.ts';

/**
 * @param spawn starts the worker; it is ended when an error of its own ends its work
 * @returns what the case worker is given to ask with: see `StartSearcher`
 */
export function searcherStarter(spawn: () => Worker): StartSearcher {
  /** A browser may end a worker that nobody refers to. */
  const alive = new Set<Worker>();
  return async (life) => {
    const worker = spawn();
    alive.add(worker);
    const failed = new Promise<never>((_, reject) => {
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        worker.terminate();
        alive.delete(worker);
        reject(new Error(event.message || 'The search worker stopped.'));
      });
    });
    // Once it is connected, its lock tells that it has ended.
    failed.catch(() => undefined);
    const { port1, port2 } = new MessageChannel();
    const { connect } = Comlink.wrap<SearchWorkerApi>(worker);
    await Promise.race([connect(Comlink.transfer(port2, [port2]), life), failed]);
    return Comlink.transfer(port1, [port1]);
  };
}
