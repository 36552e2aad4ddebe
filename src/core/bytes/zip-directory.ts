import type { ByteSource } from '../formats/sink.ts';
import { decodeCp437 } from './cp437.ts';
import { tidyPath } from './entry.ts';

/** What a zip archive says about one of its files. */
export interface ZipMember {
  path: string;
  encrypted: boolean;
  method: number;
  crc: number;
  compressed: number;
  inflated: number;
  /** Where its local header stands in the file. */
  headerAt: number;
}

/** Signatures and fixed sizes, APPNOTE.TXT 4.3. */
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const END = 0x06054b50;
const END_BYTES = 22;
const END64 = 0x06064b50;
const END64_BYTES = 56;
const LOCATOR64 = 0x07064b50;
const LOCATOR64_BYTES = 20;
const MAX_COMMENT = 0xffff;

const EXTRA_ZIP64 = 1;
const EXTRA_UNICODE_PATH = 0x7075;
const FLAG_ENCRYPTED = 1;
const FLAG_UTF8 = 1 << 11;
const IN_ZIP64 = 0xffffffff;

const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true });
const UTF8 = new TextDecoder();

/** Read at a time; the fixed part, name, extra field and comment of one entry always fit in. */
const WINDOW = 2 ** 20;

interface DirectoryPlace {
  at: number;
  end: number;
  entries: number;
  /** Bytes that were put before the archive (a self-extractor): offsets in it count from behind them. */
  shift: number;
}

/**
 * The entries of a zip's central directory, in its order.
 *
 * @returns whether the directory was there and whole
 */
export async function* readDirectory(source: ByteSource): AsyncGenerator<ZipMember, boolean, void> {
  const place = await findDirectory(source);
  if (place === null) return false;
  let window = new Uint8Array(0) as Uint8Array;
  let base = place.at;
  let at = 0;
  for (let index = 0; index < place.entries; index++) {
    if (window.length - at < ENTRY_BYTES + 3 * MAX_COMMENT && base + window.length < place.end) {
      base += at;
      window = await source.read(base, Math.min(base + WINDOW, place.end));
      at = 0;
    }
    const entry = parseEntry(window, at, place.shift);
    if (entry === null) return false;
    at += entry.length;
    yield entry.member;
  }
  return true;
}

async function findDirectory(source: ByteSource): Promise<DirectoryPlace | null> {
  const tailAt = Math.max(0, source.size - END_BYTES - MAX_COMMENT - LOCATOR64_BYTES);
  const tail = viewOf(await source.read(tailAt, source.size));
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END) continue;
    const inZip64 = await findDirectory64(source, tail, tailAt, at);
    const entries = inZip64?.entries ?? tail.getUint16(at + 10, true);
    const size = inZip64?.size ?? tail.getUint32(at + 12, true);
    const stated = inZip64?.offset ?? tail.getUint32(at + 16, true);
    const end = inZip64?.at ?? tailAt + at;
    if (end - size < 0) continue;
    return { at: end - size, end, entries, shift: end - size - stated };
  }
  return null;
}

/** The Zip64 end record, where sizes and counts do not fit into the old one. */
async function findDirectory64(
  source: ByteSource,
  tail: DataView,
  tailAt: number,
  end: number,
): Promise<{ at: number; entries: number; size: number; offset: number } | null> {
  const locator = end - LOCATOR64_BYTES;
  if (locator < 0 || tail.getUint32(locator, true) !== LOCATOR64) return null;
  // Where the locator says, or right before it when something was put before the archive.
  for (const at of [readUint64(tail, locator + 8), tailAt + locator - END64_BYTES]) {
    if (at < 0 || at + END64_BYTES > source.size) continue;
    const record = viewOf(await source.read(at, at + END64_BYTES));
    if (record.byteLength < END64_BYTES || record.getUint32(0, true) !== END64) continue;
    return {
      at,
      entries: readUint64(record, 32),
      size: readUint64(record, 40),
      offset: readUint64(record, 48),
    };
  }
  return null;
}

function parseEntry(
  window: Uint8Array,
  at: number,
  shift: number,
): { member: ZipMember; length: number } | null {
  if (at + ENTRY_BYTES > window.length) return null;
  const view = viewOf(window.subarray(at));
  if (view.getUint32(0, true) !== ENTRY) return null;
  const nameEnd = ENTRY_BYTES + view.getUint16(28, true);
  const extraEnd = nameEnd + view.getUint16(30, true);
  const length = extraEnd + view.getUint16(32, true);
  if (at + length > window.length) return null;
  const flags = view.getUint16(8, true);
  const name = window.subarray(at + ENTRY_BYTES, at + nameEnd);
  const extra = window.subarray(at + nameEnd, at + extraEnd);
  const [inflated, compressed, headerAt] = sizesOf(view, extra, [24, 20, 42]);
  const member: ZipMember = {
    path: memberPath(name, extra, (flags & FLAG_UTF8) !== 0),
    encrypted: (flags & FLAG_ENCRYPTED) !== 0,
    method: view.getUint16(10, true),
    crc: view.getUint32(16, true),
    compressed: compressed!,
    inflated: inflated!,
    headerAt: headerAt! + shift,
  };
  return { member, length };
}

/**
 * 32-bit numbers of a header; those that are all ones stand as 64 bits in the Zip64 extra field, in this order.
 *
 * @param places where they stand in the header
 */
export function sizesOf(header: DataView, extra: Uint8Array, places: readonly number[]): number[] {
  const field = extraField(extra, EXTRA_ZIP64);
  let at = 0;
  return places.map((place) => {
    const value = header.getUint32(place, true);
    if (value !== IN_ZIP64 || field === null || at + 8 > field.byteLength) return value;
    at += 8;
    return readUint64(field, at - 8);
  });
}

/** A name in UTF-8 if it says so or is (many tools forget the flag), otherwise in code page 437. */
export function memberPath(name: Uint8Array, extra: Uint8Array, isUtf8: boolean): string {
  const unicode = extraField(extra, EXTRA_UNICODE_PATH);
  const bytes =
    unicode !== null && unicode.byteLength > 5
      ? new Uint8Array(unicode.buffer, unicode.byteOffset + 5, unicode.byteLength - 5)
      : name;
  try {
    return tidyPath(STRICT_UTF8.decode(bytes));
  } catch {
    return tidyPath(isUtf8 ? UTF8.decode(bytes) : decodeCp437(bytes));
  }
}

function extraField(extra: Uint8Array, id: number): DataView | null {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length; at += 4 + view.getUint16(at + 2, true)) {
    const length = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === id && at + 4 + length <= extra.length) {
      return new DataView(extra.buffer, extra.byteOffset + at + 4, length);
    }
  }
  return null;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A 64-bit number; beyond 2^53 it loses precision, and is larger than any file. */
function readUint64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}
