import { NEWLINE, QUOTE, isSpace } from '../json/scan.ts';
import { BROKEN, INCOMPLETE } from '../sink.ts';

/** A cell of a CSV row. `null`: nothing at all between the delimiters, as databases write NULL. */
export type Cell = string | null;

const DECODER = new TextDecoder();

/**
 * The index after the row that begins at `start` and its line break (RFC 4180: a quote counts at the start of a cell).
 *
 * @param delimiter one ASCII character
 * @param last whether the text ends at `end`
 * @returns INCOMPLETE when the row needs more bytes, BROKEN when its quotes do not end, or not where a cell does
 */
export function rowEnd(
  bytes: Uint8Array,
  start: number,
  end: number,
  delimiter: string,
  last: boolean,
): number {
  const delimiterByte = delimiter.charCodeAt(0);
  let atCellStart = true;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE && atCellStart) {
      const open = at;
      at = closingQuote(bytes, open + 1, end);
      if (at === end) return last ? BROKEN : INCOMPLETE;
      // The quote that opens a cell of a later row closes none: the one that should have is missing.
      const next = at + 1 < end ? bytes[at + 1]! : NEWLINE;
      const closes = next === delimiterByte || next === NEWLINE || isSpace(next);
      if (!closes && bytes.subarray(open, at).includes(NEWLINE)) return BROKEN;
    } else if (byte === NEWLINE) {
      return at + 1;
    }
    atCellStart = byte === delimiterByte;
  }
  return last ? end : INCOMPLETE;
}

/** The index of the quote that closes a cell; doubled ones do not. `end` when there is none. */
function closingQuote(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    if (bytes[at] !== QUOTE) continue;
    if (bytes[at + 1] !== QUOTE || at + 1 >= end) return at;
    at++;
  }
  return end;
}

/** The cells of one row, given as bytes with or without its line break. */
export function cellsOf(row: Uint8Array, delimiter: string): Cell[] {
  const text = DECODER.decode(row).replace(/\r?\n$/, '');
  const cells: Cell[] = [];
  for (let at = 0; ; at++) {
    const start = at;
    if (text[at] === '"') {
      do at = text.indexOf('"', at + 1) + 1 || text.length;
      while (text[at] === '"');
      const close = text.indexOf(delimiter, at);
      cells.push(text.slice(start + 1, at - 1).replaceAll('""', '"'));
      at = close < 0 ? text.length : close;
    } else {
      const close = text.indexOf(delimiter, at);
      at = close < 0 ? text.length : close;
      cells.push(at === start ? null : text.slice(start, at));
    }
    if (at >= text.length) return cells;
  }
}
