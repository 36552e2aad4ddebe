import type { EventDetail } from '../../workers/contract.ts';
import { findLines, lineAt, outlineOf, type OutlineLine } from '../core/record/outline.ts';

/** The text of the record that is open: laid out, searched, and where in it the reader is. */
export class RecordReader {
  readonly #current: () => EventDetail | null;
  /** What is looked for: it stays while going from record to record. */
  needle = $state('');
  /** Which of the lines found the reader is at; -1 before the first step. */
  at = $state(-1);
  /** Line that is to come into sight; a new object for each jump. */
  target: { line: number } | null = $state.raw(null);

  readonly #raw = $derived.by(() => this.#current()?.raw ?? '');
  /** The record as lines. */
  readonly lines: readonly OutlineLine[] = $derived.by(() => outlineOf(this.#raw));
  /** The record parsed; null when it is none. */
  readonly record: unknown = $derived.by(() => parsed(this.#raw));
  /** Lines that contain the needle. */
  readonly found: readonly number[] = $derived.by(() => findLines(this.lines, this.needle));

  constructor(current: () => EventDetail | null) {
    this.#current = current;
  }

  /** Line that the reader was led to by the search, -1 for none. */
  get hit(): number {
    return this.found[this.at] ?? -1;
  }

  /** Another record is open: its lines have other numbers. */
  renew(): void {
    this.at = -1;
    this.target = null;
  }

  find(needle: string): void {
    this.needle = needle;
    this.at = -1;
  }

  /** To the next (1) or previous (-1) line found, around the end; false when there is none. */
  step(by: 1 | -1): boolean {
    const { length } = this.found;
    if (length === 0) return false;
    this.at = this.at < 0 ? (by > 0 ? 0 : length - 1) : (this.at + by + length) % length;
    this.target = { line: this.hit };
    return true;
  }

  /** Whether the record has a value at `place`, a JSON path: what Trailsift adds (countries) it has not. */
  has(place: string): boolean {
    return lineAt(this.lines, place) >= 0;
  }

  /** Brings the value at `place` into sight. */
  jump(place: string): void {
    const line = lineAt(this.lines, place);
    if (line >= 0) this.target = { line };
  }

  /** Lines from the one at top-level key `key` to its end, null when the record has no such key or null there. */
  part(key: string): { from: number; to: number } | null {
    const from = lineAt(this.lines, key);
    const first = this.lines[from];
    return first === undefined || first.text === 'null' ? null : { from, to: first.end };
  }
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
}
