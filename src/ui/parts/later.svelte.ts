/**
 * A value that follows another one a turn of the event loop later: of a screen with much on it, what matters first is drawn
 * first, and none of its parts holds the page up. To be made while a component is.
 *
 * @param first what it is until then
 */
export function later<T>(value: () => T, first: T): { readonly current: T } {
  let current = $state.raw(first);
  $effect(() => {
    const next = value();
    const timer = setTimeout(() => (current = next));
    return () => {
      clearTimeout(timer);
    };
  });
  return {
    get current() {
      return current;
    },
  };
}
