/** Whether a worker lives, for others to know: they cannot see one end that was not ended by an error. */

/** Takes a Web Lock for as long as this worker lives: browsers let go of it however a worker ends. */
export function holdForLife(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, () => {
        resolve();
        return new Promise(() => undefined);
      })
      .catch(reject);
  });
}

/** @param name of the lock that a worker holds already @returns when it has ended */
export async function endOf(name: string): Promise<void> {
  await navigator.locks.request(name, () => undefined);
}
