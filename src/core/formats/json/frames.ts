import type { TextBuffer } from '../buffer.ts';
import { BROKEN, INCOMPLETE } from '../sink.ts';
import { CLOSE_BRACE, COMMA, OPEN_BRACE, OPEN_BRACKET, SPACE, isText, memberAt, skipValue } from './scan.ts';

/** Containers within containers. */
const MAX_NESTING = 8;
/** Answers whose elements are arrays themselves: rows of fields. */
const ROWS: ReadonlySet<string> = new Set(['results', 'QueryResultRows']);

/** An array that the reader is inside of. */
export interface ArrayFrame {
  kind: 'array';
  /** Its elements are rows: arrays of fields. */
  rows: boolean;
  /** Some of its elements are objects on the way to further elements. */
  mixed: boolean;
}

/** An object on the way to the elements: the member named `path[level]` leads on. */
export interface ObjectFrame {
  kind: 'object';
  path: readonly string[];
  level: number;
}

/** The containers around the place that a reader is at. */
export class Frames {
  readonly #frames: (ArrayFrame | ObjectFrame)[] = [];

  /** The innermost container, null at the top level. */
  get top(): ArrayFrame | ObjectFrame | null {
    return this.#frames.at(-1) ?? null;
  }

  get isFull(): boolean {
    return this.#frames.length >= MAX_NESTING;
  }

  enterArray(rows = false): void {
    this.#frames.push({ kind: 'array', rows, mixed: false });
  }

  /** @param path names that lead to the array of elements */
  enterObject(path: readonly string[]): void {
    const outer = this.top;
    if (outer?.kind === 'array') outer.mixed = true;
    this.#frames.push({ kind: 'object', path, level: 0 });
  }

  leave(): void {
    this.#frames.pop();
  }

  /** Back to the top level. */
  leaveAll(): void {
    this.#frames.length = 0;
  }

  /**
   * Reads one member of the innermost container, an object: moves the start of the text behind it, or into its value
   * if that is the way.
   *
   * @returns whether it did; INCOMPLETE when more bytes are needed, BROKEN when this is no member
   */
  readMember(frame: ObjectFrame, text: TextBuffer): true | typeof INCOMPLETE | typeof BROKEN {
    const { bytes, end } = text;
    let at = text.start;
    while (at < end && (bytes[at]! <= SPACE || bytes[at] === COMMA)) at++;
    text.start = at;
    if (at === end) return INCOMPLETE;
    if (bytes[at] === CLOSE_BRACE) {
      this.leave();
      text.start++;
      return true;
    }
    const member = memberAt(bytes, at, end);
    if (typeof member === 'number') return member;
    const isWay = isText(bytes, at + 1, member.nameEnd - 1, frame.path[frame.level]!);
    if (isWay && this.#descend(frame, bytes[member.value]!)) {
      text.start = member.value + 1;
      return true;
    }
    const next = skipValue(bytes, member.value, end);
    if (next < 0) return next === INCOMPLETE ? INCOMPLETE : BROKEN;
    text.start = next;
    return true;
  }

  /** Goes into a value on the way to the elements, if it is an array or object as awaited. */
  #descend(frame: ObjectFrame, bracket: number): boolean {
    const isLast = frame.level === frame.path.length - 1;
    if (bracket !== (isLast ? OPEN_BRACKET : OPEN_BRACE)) return false;
    if (isLast) this.enterArray(ROWS.has(frame.path.at(-1)!));
    else this.#frames.push({ kind: 'object', path: frame.path, level: frame.level + 1 });
    return true;
  }
}
