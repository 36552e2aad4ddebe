/** @returns a function that makes its value when it is first asked, and gives that one ever after */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
