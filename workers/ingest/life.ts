/** Signs of life for the page: a worker can come to a standstill without ending. */

/** Time between two signs of life, ms. */
const SIGN_EVERY = 5000;

/** Calls `sign` again and again while `work` goes on, in its pauses. */
export async function signing<T>(sign: () => void, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(sign, SIGN_EVERY);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
