/** Whether an ingest worker still lives: workers can end without an error that anybody is told of. */

/** A worker that gives no sign for so many ticks has come to a standstill. */
const TICK_MS = 5000;
const MOST_TICKS = 36;

/**
 * Watches a worker.
 *
 * Two things are watched. The worker holds a Web Lock, which browsers let go of the moment it ends: that is certain and
 * at once, and a busy worker is never taken for a dead one. And it gives signs of life in its pauses; one that
 * reads a very large record has none for seconds, so silence counts only after three minutes. Ticks are counted and
 * not the clock: a computer that slept has not waited.
 *
 * @param lock name of the lock that the worker holds already
 * @param onEnd called once, with the reason
 * @returns `sign` notes a sign of life; `stop` ends the watch
 */
export function watchLife(
  lock: string,
  onEnd: (reason: string) => void,
): { sign: () => void; stop: () => void } {
  const abort = new AbortController();
  let silent = 0;
  const timer = setInterval(() => {
    if (++silent < MOST_TICKS) return;
    stop();
    onEnd('The worker gave no sign of life for three minutes.');
  }, TICK_MS);
  const stop = (): void => {
    clearInterval(timer);
    abort.abort();
  };
  navigator.locks
    .request(lock, { signal: abort.signal }, () => {
      stop();
      onEnd('The worker ended without an error.');
    })
    // Aborted: the watch was stopped.
    .catch(() => undefined);
  return { sign: () => (silent = 0), stop };
}
