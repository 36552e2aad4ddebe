/** Where the mark menu stands: below what it is about, or above it where there is no room. */

const GAP_PX = 4;
const MARGIN_PX = 8;

interface Box {
  left: number;
  top: number;
  bottom: number;
}

/** The button that was pressed, or the row or entry that the keyboard is on; null when neither is in sight. */
export function subjectBox(): Box | null {
  const focused = document.activeElement;
  const from =
    focused instanceof HTMLButtonElement && focused.getAttribute('role') !== 'tab'
      ? focused
      : document.querySelector('.row.active, [aria-current="true"][data-entry]');
  return from?.getBoundingClientRect() ?? null;
}

/**
 * @param size of the menu, px
 * @param screen what there is room in, px
 * @returns its upper left corner, px; in the upper third of the screen when it stands beside nothing
 */
export function placeBeside(
  box: Box | null,
  size: { width: number; height: number },
  screen: { width: number; height: number },
): { left: number; top: number } {
  const most = screen.width - size.width - MARGIN_PX;
  if (box === null) return { left: (screen.width - size.width) / 2, top: (screen.height - size.height) / 3 };
  const left = Math.max(MARGIN_PX, Math.min(box.left + MARGIN_PX, most));
  const below = box.bottom + GAP_PX;
  const above = box.top - GAP_PX - size.height;
  const fits = below + size.height + MARGIN_PX <= screen.height;
  return { left, top: fits ? below : Math.max(MARGIN_PX, above) };
}
