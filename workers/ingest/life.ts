/** Signs of life for the page: it cannot see a worker end that was not ended by an error. */

/** Time between two signs of life, ms. */
const SIGN_EVERY = 5000;

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

/** Calls `sign` again and again while `work` goes on, in its pauses. */
export async function signing<T>(sign: () => void, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(sign, SIGN_EVERY);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
