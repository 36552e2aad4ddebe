/**
 * Counts up, one more each turn of the event loop: a screen with much on it draws one part after another, and none
 * holds the page up. To be made while a component is.
 *
 * @param parts how many there are
 * @returns how many may be drawn, from 1
 */
export function gradually(parts: () => number): { readonly drawn: number } {
  let drawn = $state(1);
  $effect(() => {
    if (drawn >= parts()) return;
    const timer = setTimeout(() => drawn++);
    return () => {
      clearTimeout(timer);
    };
  });
  return {
    get drawn() {
      return drawn;
    },
  };
}
