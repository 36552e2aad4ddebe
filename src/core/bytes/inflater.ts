/**
 * Deflate (RFC 1951) in WebAssembly (assembly/): some two to three times as fast as the platform's DecompressionStream, which
 * makes an array and a promise of every 64 kB.
 */
import { crc32 } from './crc32.ts';
import { compileWasm, type Compiled } from './wasm.ts';

/** How a run ends, as in assembly/deflate.ts. */
export const NEEDS_INPUT = 0;
export const NEEDS_ROOM = 1;
export const DONE = 2;

/** All numbers are addresses in memory or small integers. */
interface InflaterExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  reset(): void;
  capacity(): number;
  roomForInput(): number;
  added(count: number): void;
  unused(): number;
  run(): number;
  roomForOutput(): number;
  outputEnd(): number;
  crc32(from: number, to: number, before: number): number;
  scratch(): number;
  scratchBytes(): number;
}

/** Inflates one stream at a time, in bounded memory. */
export class Inflater {
  /** CRC-32 of what came out since `begin`. */
  crc = 0;
  /** Bytes that came out since `begin`. */
  length = 0;
  readonly #wasm: InflaterExports;
  readonly #memory: Uint8Array;
  readonly #capacity: number;
  #from = 0;

  constructor(module: Compiled) {
    this.#wasm = new WebAssembly.Instance(module, {}).exports as unknown as InflaterExports;
    this.#memory = new Uint8Array(this.#wasm.memory.buffer);
    this.#capacity = this.#wasm.capacity();
  }

  /** A stream begins. */
  begin(): void {
    this.#wasm.reset();
    this.crc = 0;
    this.length = 0;
  }

  /** How many bytes of input can be added. */
  get room(): number {
    return this.#capacity - this.#wasm.unused();
  }

  /** How many bytes of input were added and are not part of what has come out, or of the end of the stream. */
  get unused(): number {
    return this.#wasm.unused();
  }

  /** Adds input: no more than there is room for. */
  add(bytes: Uint8Array): void {
    this.#memory.set(bytes, this.#wasm.roomForInput());
    this.#wasm.added(bytes.length);
  }

  /** Goes on, until it needs something or is done. @returns NEEDS_INPUT, NEEDS_ROOM, DONE, or another number for damage */
  run(): number {
    this.#from = this.#wasm.roomForOutput();
    return this.#wasm.run();
  }

  /** What came out of the last run: it stands in the inflater's own memory, and is valid until the next one. */
  output(): Uint8Array {
    const end = this.#wasm.outputEnd();
    const bytes = this.#memory.subarray(this.#from, end);
    this.crc = this.#wasm.crc32(this.#from, end, this.crc) >>> 0;
    this.length += bytes.length;
    return bytes;
  }

  /** @returns the CRC-32 of some bytes, as an unsigned number. What is being inflated is lost */
  crcOf(bytes: Uint8Array): number {
    const scratch = this.#wasm.scratch();
    const most = this.#wasm.scratchBytes();
    let crc = 0;
    for (let at = 0; at < bytes.length; at += most) {
      const part = bytes.subarray(at, at + most);
      this.#memory.set(part, scratch);
      crc = this.#wasm.crc32(scratch, scratch + part.length, crc);
    }
    return crc >>> 0;
  }
}

let module: Compiled | null = null;
/** Those that nobody uses: a stream may lie within another. */
const idle: Inflater[] = [];

/** Has this thread inflate with WebAssembly, where there is any. @param wasm as `virtual:inflater` has it */
export function useInflater(wasm: string): void {
  module = compileWasm(wasm);
}

/** Whether this thread inflates with WebAssembly. */
export function hasInflater(): boolean {
  return module !== null;
}

/** @returns an inflater that is to be given back; null where there is none */
export function takeInflater(): Inflater | null {
  if (module === null) return null;
  return idle.pop() ?? new Inflater(module);
}

export function giveBack(inflater: Inflater): void {
  idle.push(inflater);
}

/** @returns the CRC-32 of some bytes, as an unsigned number */
export function checksum(bytes: Uint8Array): number {
  const inflater = takeInflater();
  if (inflater === null) return crc32(bytes);
  const crc = inflater.crcOf(bytes);
  giveBack(inflater);
  return crc;
}
