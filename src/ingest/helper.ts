/** Workers that help other workers: the page starts them (see `StartHelper`). */
import * as Comlink from 'comlink';
import type { HelperApi } from '../../workers/contract.ts';

/** A browser may end a worker that nobody refers to. */
const alive = new Set<Worker>();

/**
 * Has a worker help another one. An error of its own ends it.
 *
 * @param life name of the Web Lock by which the other one knows that it lives
 * @returns the other one's end of the line, to be transferred @throws when the worker does not start
 */
export async function startHelper(worker: Worker, life: string): Promise<MessagePort> {
  alive.add(worker);
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      endHelper(worker);
      reject(new Error(event.message || 'The worker stopped.'));
    });
  });
  // Once it is connected, its lock tells that it has ended.
  failed.catch(() => undefined);
  const { port1, port2 } = new MessageChannel();
  const { connect } = Comlink.wrap<HelperApi>(worker);
  await Promise.race([connect(Comlink.transfer(port2, [port2]), life), failed]);
  return Comlink.transfer(port1, [port1]);
}

export function endHelper(worker: Worker): void {
  worker.terminate();
  alive.delete(worker);
}
