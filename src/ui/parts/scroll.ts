/**
 * Scrolling through more rows than a browser can stack.
 *
 * An element taller than 17.89 million px collapses to nothing in Firefox 153 and is clamped at 33.55 million px in
 * Chromium 156; and what is `position: sticky`, as header and rows are here, stops sticking beyond 8.94 million px in
 * Firefox (2^29 of its sixtieths of a px). All of it was seen. So the scrolled element stays under that, and a longer
 * list is mapped onto it proportionally: a million rows of 28 px scroll 3.1 px for each px of the wheel, and the
 * keyboard reaches every one.
 */
export const TALLEST_PX = 8_900_000;

export class RowScroll {
  /** Height of the scrolled rows, px: what the browser is given. */
  readonly height: number;
  readonly #rowHeight: number;
  readonly #viewport: number;
  readonly #total: number;
  /** Px of rows for each px scrolled. */
  readonly #ratio: number;

  /** @param viewport height of the part in sight, px */
  constructor(total: number, rowHeight: number, viewport: number) {
    const full = total * rowHeight;
    this.height = Math.min(full, TALLEST_PX);
    this.#rowHeight = rowHeight;
    this.#viewport = viewport;
    this.#total = total;
    this.#ratio = full > TALLEST_PX ? (full - viewport) / (TALLEST_PX - viewport) : 1;
  }

  /** Px of rows above the part in sight when the browser has scrolled to `scrollTop`. */
  offset(scrollTop: number): number {
    const most = Math.max(0, this.#total * this.#rowHeight - this.#viewport);
    return Math.min(most, Math.max(0, scrollTop * this.#ratio));
  }

  /** Where to scroll so that `offset` px of rows are above the part in sight. */
  topOf(offset: number): number {
    return Math.max(0, offset) / this.#ratio;
  }

  /** First and last row in sight, at least partly; last < first when there is none. */
  inSight(scrollTop: number): { first: number; last: number } {
    const top = this.offset(scrollTop);
    const first = Math.floor(top / this.#rowHeight);
    const last = Math.ceil((top + this.#viewport) / this.#rowHeight) - 1;
    return { first, last: Math.min(last, this.#total - 1) };
  }

  /** Rows that fit into the part in sight, at least one: a page of the keyboard. */
  get page(): number {
    return Math.max(1, Math.floor(this.#viewport / this.#rowHeight));
  }

  /** Where to scroll so that `row` is in sight with a row's margin; the same place when it is. */
  reveal(row: number, scrollTop: number): number {
    const top = this.offset(scrollTop);
    const margin = this.#viewport > 4 * this.#rowHeight ? this.#rowHeight : 0;
    const least = (row + 1) * this.#rowHeight + margin - this.#viewport;
    const most = row * this.#rowHeight - margin;
    if (top >= least && top <= most) return scrollTop;
    const target = top > most ? most : least;
    // A jump of more than a screen lands in the middle: there is nothing to follow with the eye.
    const far = Math.abs(target - top) > this.#viewport;
    const wanted = far ? row * this.#rowHeight - (this.#viewport - this.#rowHeight) / 2 : target;
    return this.topOf(wanted);
  }
}

/** Keeps the row at the top where it is when rows get another height. */
export class TopRow {
  #rows = 0;
  #height = 0;

  /**
   * Told of every change of place or height; says where to scroll, or null for nowhere.
   *
   * @param height of a row, px
   * @param offset px of rows above the part in sight
   */
  keep(scroll: RowScroll, height: number, offset: number): number | null {
    const changed = this.#height !== 0 && this.#height !== height;
    if (!changed) this.#rows = offset / height;
    this.#height = height;
    return changed ? scroll.topOf(this.#rows * height) : null;
  }
}
