/** Text that is looked through for pieces: in WebAssembly, or as a string where there is none. */
import { compileWasm, type Compiled } from '../bytes/wasm.ts';
import { ODD_CHARACTER } from '../query/index.ts';

/** @returns index of the next place at or after `from`, -1 for none */
export type Find = (from: number) => number;

export interface SoughtText {
  /** The bytes to look in from now on. They are copied. */
  put(bytes: Uint8Array): void;
  /** For each piece: where it stands, in capital or small letters. */
  readonly finds: readonly Find[];
  /** Where a character is of which the pieces do not tell (ODD_CHARACTER). */
  readonly odd: Find;
  /** Where a number with a fraction or an exponent is, as a member or element. */
  readonly number: Find;
  /** Nothing more is looked for. */
  close(): void;
}

/** @param pieces plain ASCII in small letters, none of them empty */
export function startText(pieces: readonly string[]): SoughtText {
  const seeker = take();
  return seeker === null ? new StringText(pieces) : new WasmText(pieces, seeker);
}

let module: Compiled | null = null;
/** Memory only grows: what nobody uses is used again. */
const idle: Seeker[] = [];

/** Has this thread look through texts with WebAssembly, where there is any. @param wasm as `virtual:seeker` has it */
export function useSeeker(wasm: string): void {
  module = compileWasm(wasm);
}

function take(): Seeker | null {
  if (module === null) return null;
  return idle.pop() ?? (new WebAssembly.Instance(module, {}).exports as unknown as Seeker);
}

/** What assembly/index.ts exports. */
interface Seeker {
  readonly memory: { readonly buffer: ArrayBuffer };
  makeRoom(bytes: number): number;
  giveBack(room: number): void;
  find(piece: number, length: number, from: number, end: number): number;
  findOdd(from: number, end: number): number;
  findNumber(from: number, end: number): number;
}

const encoder = new TextEncoder();
/** Room for a chunk of text, bytes; it grows. */
const ROOM = 2 ** 19;

class WasmText implements SoughtText {
  readonly finds: readonly Find[];
  readonly odd: Find;
  readonly number: Find;
  readonly #rooms: number[] = [];
  #start: number;
  #end: number;
  #size = ROOM;

  constructor(
    pieces: readonly string[],
    private readonly seeker: Seeker,
  ) {
    this.finds = pieces.map((piece) => {
      const bytes = encoder.encode(piece);
      const room = seeker.makeRoom(bytes.length);
      new Uint8Array(seeker.memory.buffer).set(bytes, room);
      this.#rooms.push(room);
      return this.#from((start, end) => seeker.find(room, bytes.length, start, end));
    });
    this.odd = this.#from((start, end) => seeker.findOdd(start, end));
    this.number = this.#from((start, end) => seeker.findNumber(start, end));
    this.#start = this.#end = seeker.makeRoom(ROOM);
  }

  put(bytes: Uint8Array): void {
    if (bytes.length > this.#size) {
      this.seeker.giveBack(this.#start);
      this.#size = 2 * bytes.length;
      this.#start = this.seeker.makeRoom(this.#size);
    }
    new Uint8Array(this.seeker.memory.buffer).set(bytes, this.#start);
    this.#end = this.#start + bytes.length;
  }

  close(): void {
    for (const room of [...this.#rooms, this.#start]) this.seeker.giveBack(room);
    idle.push(this.seeker);
  }

  #from(find: (start: number, end: number) => number): Find {
    return (from) => {
      const at = find(this.#start + from, this.#end);
      return at < 0 ? -1 : at - this.#start;
    };
  }
}

const LATIN_1 = new TextDecoder('latin1');
/** A number with a fraction or an exponent, as a member or element. */
const ODD_NUMBER = /[:,[]\s*-?\d+(?:\.\d|e)/;

class StringText implements SoughtText {
  readonly finds: readonly Find[];
  readonly odd: Find;
  readonly number: Find;
  #text = '';

  constructor(pieces: readonly string[]) {
    this.finds = pieces.map((piece) => (from) => this.#text.indexOf(piece, from));
    this.odd = this.#matching(ODD_CHARACTER);
    this.number = this.#matching(ODD_NUMBER);
  }

  put(bytes: Uint8Array): void {
    this.#text = LATIN_1.decode(bytes).toLowerCase();
  }

  close(): void {
    this.#text = '';
  }

  #matching(pattern: RegExp): Find {
    const again = new RegExp(pattern, 'g');
    return (from) => {
      again.lastIndex = from;
      return again.exec(this.#text)?.index ?? -1;
    };
  }
}
