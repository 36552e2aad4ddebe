import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { sniffBytes } from '../../../src/core/bytes/index.ts';
import { makeTar, makeZip } from './archives.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const hex = (value: string): Uint8Array => new Uint8Array(Buffer.from(value.replaceAll(' ', ''), 'hex'));

test.each([
  ['gzip', new Uint8Array(gzipSync('x')), 'gzip'],
  ['zip', makeZip([{ name: 'a', data: text('a') }]), 'zip'],
  ['an empty zip', makeZip([]), 'zip'],
  ['tar', makeTar([{ name: 'a', data: text('a') }]), 'tar'],
  ['UTF-16 with a byte-order mark', hex('ff fe 7b 00'), 'utf-16le'],
  ['big-endian UTF-16', hex('fe ff 00 7b'), 'utf-16be'],
  ['UTF-16 without one', new Uint8Array(Buffer.from('{"Records', 'utf16le')), 'utf-16le'],
  ['a byte-order mark and nothing else', hex('ff fe'), 'utf-16le'],
  [
    'UTF-16 with text in another script',
    new Uint8Array(Buffer.from('\ufeff{"名前":"監査ログの名前は名前です"}', 'utf16le')),
    'utf-16le',
  ],
  ['UTF-8 behind what looks like a byte-order mark', hex('ff fe f3 e8 7b 22 61 22 3a 31 7d 0a'), 'other'],
  ['the same the other way round', hex('fe ff f3 e8 7b 22 61 22 3a 31 7d 0a'), 'other'],
  ['Parquet', text('PAR1....'), 'unreadable'],
  ['zstd', hex('28 b5 2f fd 00'), 'unreadable'],
  ['JSON', text('{"Records":[]}'), 'other'],
  ['nothing', text(''), 'other'],
  ['512 zeros', new Uint8Array(512), 'other'],
  ['text of 600 characters', text('{'.repeat(600)), 'other'],
] as const)('%s', (_name, bytes, kind) => {
  expect(sniffBytes(bytes).kind).toBe(kind);
});
