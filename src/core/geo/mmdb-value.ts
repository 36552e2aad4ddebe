/**
 * The data section of a MaxMind DB file: values with a leading control byte.
 * Format: "MaxMind DB File Format Specification" 2.0, "Output Data Section". The file is a stranger's:
 * every offset, length and depth is checked.
 */
import { GeoError } from './database.ts';

/** Maps are `Map`s, so that a key such as `__proto__` is only a key. 64- and 128-bit numbers may be rounded. */
export type MmdbValue = string | number | boolean | Uint8Array | MmdbValue[] | Map<string, MmdbValue>;

/** Nesting that real databases stay far below (Enterprise: 4). */
const MAX_DEPTH = 32;
/** Values, and bytes of text, that one record may come to: pointers to pointers' arrays could grow without end. */
const MAX_COST = 1 << 20;

/** Types of value, by number. */
const TYPE = {
  extended: 0,
  pointer: 1,
  text: 2,
  double: 3,
  bytes: 4,
  uint16: 5,
  uint32: 6,
  map: 7,
  int32: 8,
  uint64: 9,
  uint128: 10,
  array: 11,
  boolean: 14,
  float: 15,
} as const;

/** Most bytes that a number of each unsigned type has. */
const UINT_BYTES: Readonly<Record<number, number>> = {
  [TYPE.uint16]: 2,
  [TYPE.uint32]: 4,
  [TYPE.uint64]: 8,
  [TYPE.uint128]: 16,
};

const decoder = new TextDecoder();

/** Reads values of one data section, which is all of `section`; pointers count from its beginning. */
export class ValueReader {
  private readonly view: DataView;
  private readonly section: Uint8Array;
  private at = 0;
  private cost = 0;

  /** Bytes of the section. */
  get length(): number {
    return this.section.length;
  }

  constructor(section: Uint8Array) {
    this.section = section;
    this.view = new DataView(section.buffer, section.byteOffset, section.byteLength);
  }

  /**
   * Reads the value at `offset`.
   *
   * @throws GeoError when it is damaged, endless or too deep
   */
  read(offset: number): MmdbValue {
    this.at = offset;
    this.cost = 0;
    return this.value(0, true);
  }

  private value(depth: number, mayPoint: boolean): MmdbValue {
    if (depth > MAX_DEPTH) throw damaged('it is nested too deep');
    this.spend(1);
    const control = this.uint(1);
    let type = control >> 5;
    if (type === TYPE.pointer) {
      if (!mayPoint) throw damaged('a pointer points to a pointer');
      return this.pointed(control, depth);
    }
    if (type === TYPE.extended) type = 7 + this.uint(1);
    const size = this.size(control & 0x1f);
    switch (type) {
      case TYPE.text:
        return decoder.decode(this.bytes(size));
      case TYPE.bytes:
        return this.bytes(size);
      case TYPE.double:
        if (size !== 8) throw damaged('a double has not 8 bytes');
        return this.view.getFloat64(this.skip(8));
      case TYPE.float:
        if (size !== 4) throw damaged('a float has not 4 bytes');
        return this.view.getFloat32(this.skip(4));
      case TYPE.uint16:
      case TYPE.uint32:
      case TYPE.uint64:
      case TYPE.uint128:
        if (size > UINT_BYTES[type]!) throw damaged('a number is too long');
        return this.uint(size);
      case TYPE.int32:
        if (size > 4) throw damaged('a number is too long');
        // Shorter ones are padded with zeros, so only a full one can be negative.
        return this.uint(size) | 0;
      case TYPE.boolean:
        if (size > 1) throw damaged('a boolean is neither true nor false');
        return size === 1;
      case TYPE.array:
        return this.array(size, depth);
      case TYPE.map:
        return this.map(size, depth);
      default:
        throw damaged(`it holds a value of the unknown type ${type}`);
    }
  }

  /** A pointer has 11, 19, 27 or 32 bits; each width begins where the one before ends. */
  private pointed(control: number, depth: number): MmdbValue {
    const width = (control >> 3) & 3;
    const high = width === 3 ? 0 : control & 7;
    const target = high * 2 ** (8 * (width + 1)) + this.uint(width + 1) + [0, 2048, 526_336, 0][width]!;
    const resume = this.at;
    this.at = target;
    const value = this.value(depth + 1, false);
    this.at = resume;
    return value;
  }

  private array(size: number, depth: number): MmdbValue[] {
    const array: MmdbValue[] = [];
    for (let i = 0; i < size; i++) array.push(this.value(depth + 1, true));
    return array;
  }

  private map(size: number, depth: number): Map<string, MmdbValue> {
    const map = new Map<string, MmdbValue>();
    for (let i = 0; i < size; i++) {
      const key = this.value(depth + 1, true);
      if (typeof key !== 'string') throw damaged('a key is not text');
      map.set(key, this.value(depth + 1, true));
    }
    return map;
  }

  /** Sizes from 29 on go on in 1 to 3 further bytes. */
  private size(inControl: number): number {
    if (inControl < 29) return inControl;
    return this.uint(inControl - 28) + [29, 285, 65_821][inControl - 29]!;
  }

  private uint(bytes: number): number {
    let at = this.skip(bytes);
    let number = 0;
    for (const end = at + bytes; at < end; at++) number = number * 256 + this.section[at]!;
    return number;
  }

  private bytes(count: number): Uint8Array {
    const from = this.skip(count);
    this.spend(count);
    return this.section.subarray(from, from + count);
  }

  /** Moves on by `count` bytes, which must be there; returns where they begin. */
  private skip(count: number): number {
    const from = this.at;
    if (from + count > this.section.length) throw damaged('it points beyond its end');
    this.at = from + count;
    return from;
  }

  private spend(cost: number): void {
    this.cost += cost;
    if (this.cost > MAX_COST) throw damaged('a record is too large');
  }
}

function damaged(how: string): GeoError {
  return new GeoError(`This MaxMind DB file is damaged: ${how}.`);
}
