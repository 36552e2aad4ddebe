import type { ByteSource } from '../formats/sink.ts';
import { DeflateDecoder } from './deflate.ts';
import { memberPath, sizesOf, viewOf, type ZipMember } from './zip-directory.ts';

/** Signatures and fixed sizes, APPNOTE.TXT 4.3.7 and 4.3.9. */
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const DESCRIPTOR = 0x08074b50;
/** What may follow a member's data: its descriptor, the next member, the directory, its end, or Zip64's. */
const AFTER_DATA: ReadonlySet<number> = new Set([DESCRIPTOR, LOCAL, 0x02014b50, 0x06054b50, 0x06064b50]);
const FLAG_ENCRYPTED = 1;
const FLAG_DESCRIPTOR = 8;
const FLAG_UTF8 = 1 << 11;

const WINDOW = 2 ** 20;
/** A local header with its name and extra field. */
const HEADER_WINDOW = LOCAL_BYTES + 2 * 0xffff;
/** Compressed bytes decoded at a time. */
const PIECE = 2 ** 15;

/** Where the data of a member begins, or -1 when there is no local header where the directory says. */
export async function dataStart(source: ByteSource, member: ZipMember): Promise<number> {
  const header = await source.read(member.headerAt, member.headerAt + LOCAL_BYTES);
  if (header.length < LOCAL_BYTES) return -1;
  const view = viewOf(header);
  if (view.getUint32(0, true) !== LOCAL) return -1;
  return member.headerAt + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
}

/**
 * Whether the local header where the directory says is that of another file: one with another checksum, and another name or
 * size as well. Damage to one field makes no other file.
 */
export async function isOther(source: ByteSource, member: ZipMember): Promise<boolean> {
  const { headerAt, crc, path, compressed } = member;
  const view = viewOf(await source.read(headerAt, headerAt + LOCAL_BYTES));
  if (view.getUint16(6, true) & FLAG_DESCRIPTOR || view.getUint32(14, true) === crc) return false;
  const found = parseLocal(await source.read(headerAt, headerAt + HEADER_WINDOW), headerAt);
  return found !== null && (found.member.path !== path || found.member.compressed !== compressed);
}

/** How a member is packed, as its local header has it: as the directory does, unless one of them is damaged. */
export async function localMethod(source: ByteSource, member: ZipMember): Promise<number> {
  const header = await source.read(member.headerAt, member.headerAt + LOCAL_BYTES);
  return viewOf(header).getUint16(8, true);
}

/** The members of an archive whose directory is lost, found by their local headers. */
export async function* findLocalMembers(source: ByteSource): AsyncGenerator<ZipMember, void, void> {
  let at = await findSignature(source, 0);
  while (at < source.size) {
    const header = await source.read(at, at + HEADER_WINDOW);
    const found = parseLocal(header, at);
    if (found === null) {
      at = await findSignature(source, at + 4);
      continue;
    }
    const start = at + found.length;
    if (found.streamed) await measure(source, found.member, start);
    yield found.member;
    const end = start + found.member.compressed;
    // A damaged header may make its name or data reach over the next files: what is within them is looked at too.
    at = await findSignature(source, (await isBoundary(source, end)) ? end : at + 4);
  }
}

/** Whether something that may stand behind a member's data stands at `at`. */
async function isBoundary(source: ByteSource, at: number): Promise<boolean> {
  if (at > source.size) return false;
  const bytes = await source.read(at, at + 4);
  return bytes.length < 4 || AFTER_DATA.has(viewOf(bytes).getUint32(0, true));
}

function parseLocal(
  header: Uint8Array,
  at: number,
): { member: ZipMember; length: number; streamed: boolean } | null {
  if (header.length < LOCAL_BYTES) return null;
  const view = viewOf(header);
  const nameEnd = LOCAL_BYTES + view.getUint16(26, true);
  const length = nameEnd + view.getUint16(28, true);
  if (length > header.length) return null;
  const flags = view.getUint16(6, true);
  const extra = header.subarray(nameEnd, length);
  const [inflated, compressed] = sizesOf(view, extra, [22, 18]);
  const member: ZipMember = {
    path: memberPath(header.subarray(LOCAL_BYTES, nameEnd), extra, (flags & FLAG_UTF8) !== 0),
    encrypted: (flags & FLAG_ENCRYPTED) !== 0,
    method: view.getUint16(8, true),
    crc: view.getUint32(14, true),
    compressed: compressed!,
    inflated: inflated!,
    headerAt: at,
  };
  return { member, length, streamed: (flags & FLAG_DESCRIPTOR) !== 0 && member.compressed === 0 };
}

/**
 * Finds the sizes of a member that was written as a stream: its local header does not know them, they stand behind
 * the data, the end of which only decoding tells.
 */
async function measure(source: ByteSource, member: ZipMember, start: number): Promise<void> {
  if (member.method === 8) {
    const decoder = new DeflateDecoder((bytes) => {
      member.inflated += bytes.length;
    });
    for (let at = start; decoder.state === 'more' && at < source.size; at += PIECE) {
      decoder.push(await source.read(at, at + PIECE));
    }
    member.compressed = decoder.consumed;
  } else {
    member.compressed = (await findSignature(source, start, DESCRIPTOR)) - start;
    member.inflated = member.compressed;
  }
  const descriptor = viewOf(await source.read(start + member.compressed, start + member.compressed + 8));
  if (descriptor.byteLength < 8) return;
  const signed = descriptor.getUint32(0, true) === DESCRIPTOR;
  member.crc = descriptor.getUint32(signed ? 4 : 0, true);
}

/** The next place at or after `from` where a signature stands; the size of the source when there is none. */
async function findSignature(source: ByteSource, from: number, signature = LOCAL): Promise<number> {
  for (let base = from; base < source.size; base += WINDOW) {
    const window = await source.read(base, base + WINDOW + 3);
    const view = viewOf(window);
    for (
      let at = window.indexOf(0x50);
      at >= 0 && at < WINDOW && at + 4 <= window.length;
      at = window.indexOf(0x50, at + 1)
    ) {
      if (view.getUint32(at, true) === signature) return base + at;
    }
  }
  return source.size;
}
