/** Writers of zip and tar archives for tests, with every oddity that real ones have. */
import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../../../src/core/bytes/crc32.ts';

export interface ZipFile {
  name: string | Uint8Array;
  data: Uint8Array;
  stored?: boolean;
  /** Written as a stream: sizes and checksum stand behind the data only. */
  streamed?: boolean;
  utf8?: boolean;
  encrypted?: boolean;
  method?: number;
  /** Write sizes and offset as 64-bit numbers. */
  zip64?: boolean;
  crc?: number;
  /** The data as deflated already. */
  packed?: Uint8Array;
  inflated?: number;
}

const concat = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

function numbers(...fields: readonly (readonly [bytes: 2 | 4 | 8, value: number])[]): Uint8Array {
  const buffer = Buffer.alloc(fields.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of fields) {
    if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value), at);
    else buffer.writeUIntLE(value, at, bytes);
    at += bytes;
  }
  return buffer;
}

export function makeZip(
  files: readonly ZipFile[],
  options: { comment?: string; directory?: boolean } = {},
): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  const add = (...bytes: Uint8Array[]): void => {
    for (const part of bytes) {
      parts.push(part);
      at += part.length;
    }
  };
  for (const file of files) {
    const name = typeof file.name === 'string' ? new TextEncoder().encode(file.name) : file.name;
    const data = file.packed ?? (file.stored ? file.data : new Uint8Array(deflateRawSync(file.data)));
    const method = file.method ?? (file.stored ? 0 : 8);
    const flags = (file.encrypted ? 1 : 0) | (file.streamed ? 8 : 0) | (file.utf8 ? 1 << 11 : 0);
    const crc = file.crc ?? crc32(file.data);
    const inflated = file.inflated ?? file.data.length;
    const headerAt = at;
    const known = file.streamed ? 0 : 1;
    add(
      numbers([4, 0x04034b50], [2, 20], [2, flags], [2, method], [4, 0], [4, known * crc]),
      numbers([4, known * data.length], [4, known * inflated], [2, name.length], [2, 0]),
      name,
      data,
    );
    if (file.streamed) add(numbers([4, 0x08074b50], [4, crc], [4, data.length], [4, inflated]));
    const extra = file.zip64
      ? numbers([2, 1], [2, 24], [8, inflated], [8, data.length], [8, headerAt])
      : new Uint8Array(0);
    const short = (value: number): number => (file.zip64 ? 0xffffffff : value);
    directory.push(
      numbers([4, 0x02014b50], [2, 20], [2, 20], [2, flags], [2, method], [4, 0], [4, crc]),
      numbers([4, short(data.length)], [4, short(inflated)], [2, name.length], [2, extra.length], [2, 0]),
      numbers([2, 0], [2, 0], [4, 0], [4, short(headerAt)]),
      name,
      extra,
    );
  }
  if (options.directory === false) return concat(parts);
  const start = at;
  add(...directory);
  const size = at - start;
  const zip64 = files.some((file) => file.zip64);
  if (zip64) {
    const end64 = at;
    add(
      numbers([4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0]),
      numbers([8, files.length], [8, files.length], [8, size], [8, start]),
      numbers([4, 0x07064b50], [4, 0], [8, end64], [4, 1]),
    );
  }
  const comment = new TextEncoder().encode(options.comment ?? '');
  const count = zip64 ? 0xffff : files.length;
  add(
    numbers([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count]),
    numbers([4, zip64 ? 0xffffffff : size], [4, zip64 ? 0xffffffff : start], [2, comment.length]),
    comment,
  );
  return concat(parts);
}

export interface TarFile {
  name: string;
  data: Uint8Array;
  type?: string;
  prefix?: string;
  /** `pax` and `gnu` put the name into a header of its own. */
  longName?: 'pax' | 'gnu';
}

export function makeTar(files: readonly TarFile[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const file of files) {
    if (file.longName === 'pax') parts.push(...tarEntry('PaxHeaders/x', paxRecord('path', file.name), 'x'));
    if (file.longName === 'gnu')
      parts.push(...tarEntry('././@LongLink', new TextEncoder().encode(`${file.name}\0`), 'L'));
    parts.push(...tarEntry(file.name.slice(0, 100), file.data, file.type ?? '0', file.prefix));
  }
  parts.push(new Uint8Array(1024));
  return concat(parts);
}

function tarEntry(name: string, data: Uint8Array, type: string, prefix = ''): Uint8Array[] {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write('0000644\0', 100);
  header.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\x0000', 257);
  header.write(prefix, 345, 155);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return [new Uint8Array(header), data, new Uint8Array((512 - (data.length % 512)) % 512)];
}

function paxRecord(key: string, value: string): Uint8Array {
  const body = ` ${key}=${value}\n`;
  const bodyBytes = Buffer.byteLength(body);
  let length = bodyBytes + 1;
  while (String(length).length + bodyBytes !== length) length++;
  return new TextEncoder().encode(`${length}${body}`);
}
