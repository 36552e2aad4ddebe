/** Workers that help another worker. Page -> helper, and worker -> page. */

/** Page -> helper. */
export interface HelperApi {
  /**
   * Gives it its line to the worker that it helps.
   *
   * @param life name of the Web Lock that it holds from then on as long as it lives
   */
  connect(port: MessagePort, life: string): Promise<void>;
}

/**
 * Worker -> page: starts a helper. A worker does not start one itself: in the middle of that, Firefox (140) now and then comes
 * to a standstill for good.
 *
 * @param life see `HelperApi`
 * @returns the line to it, once it holds its lock @throws when it cannot be started
 */
export type StartHelper = (life: string) => Promise<MessagePort>;
