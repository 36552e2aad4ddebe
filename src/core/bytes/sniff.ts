/** What the first bytes of a file say it is. */
export type ByteKind =
  | 'gzip'
  | 'zip'
  | 'tar'
  | 'utf-16le'
  | 'utf-16be'
  /** A format with a signature that is not read here: `unreadable` says which. */
  | 'unreadable'
  /** No known signature; perhaps text. */
  | 'other';

/** How many first bytes `sniffBytes` wants to see: a tar header ends at 512. */
export const SNIFF_BYTES = 512;

export interface ByteSniff {
  kind: ByteKind;
  /** For `unreadable`: what it is in words, and what to do about it. */
  name: string;
  advice: string;
}

const UNPACK = (tool: string): string => `Unpack it first (${tool}) and add the files.`;
const NOT_A_LOG = 'It holds no CloudTrail records; leave it out.';

/** Signatures of what is named and refused: bytes in hex, name, advice. From the formats' specifications. */
const UNREADABLE: readonly (readonly [hex: string, name: string, advice: string])[] = [
  [
    '50415231',
    'Apache Parquet file (Security Lake or a converted table)',
    'Export it as JSON lines, or add the CloudTrail files from S3.',
  ],
  ['28b52ffd', 'Zstandard archive', UNPACK('zstd -d')],
  ['425a68', 'bzip2 archive', UNPACK('bunzip2')],
  ['fd377a585a00', 'xz archive', UNPACK('unxz')],
  ['377abcaf271c', '7-Zip archive', UNPACK('7z x')],
  ['04224d18', 'LZ4 archive', UNPACK('lz4 -d')],
  ['ff060000734e61507059', 'Snappy stream', UNPACK('snzip -d')],
  ['526172211a07', 'RAR archive', UNPACK('unrar x')],
  ['4f626a01', 'Apache Avro file', 'Export it as JSON lines.'],
  ['4f5243', 'Apache ORC file', 'Export it as JSON lines, or add the CloudTrail files from S3.'],
  ['53514c69746520666f726d6174203300', 'SQLite database', NOT_A_LOG],
  ['d0cf11e0a1b11ae1', 'Office document (old format)', 'Save the sheet as CSV and add that.'],
  ['25504446', 'PDF document', NOT_A_LOG],
  ['ffd8ff', 'JPEG picture', NOT_A_LOG],
  ['89504e470d0a1a0a', 'PNG picture', NOT_A_LOG],
  ['47494638', 'GIF picture', NOT_A_LOG],
  ['4d5a9000', 'Windows program', NOT_A_LOG],
  ['7f454c46', 'Linux program', NOT_A_LOG],
  ['d4c3b2a1', 'packet capture', NOT_A_LOG],
  ['0a0d0d0a', 'packet capture', NOT_A_LOG],
];

/** Names the kind of a file from its first bytes (at least SNIFF_BYTES of them, if it has so many). */
export function sniffBytes(head: Uint8Array): ByteSniff {
  if (head[0] === 0x1f && head[1] === 0x8b) return sniffed('gzip');
  // Local file header, end of an empty archive, first part of a spanned one (APPNOTE.TXT 4.3).
  if (startsWith(head, '504b0304') || startsWith(head, '504b0506') || startsWith(head, '504b0708')) {
    return sniffed('zip');
  }
  if (isTarHeader(head)) return sniffed('tar');
  for (const [signature, name, advice] of UNREADABLE) {
    if (startsWith(head, signature)) return { kind: 'unreadable', name, advice };
  }
  return sniffed(sniffUtf16(head));
}

/** A byte-order mark, or ASCII with a NUL at every other place: Windows PowerShell 5.1 writes `>` so. */
function sniffUtf16(head: Uint8Array): ByteKind {
  if (head[0] === 0xff && head[1] === 0xfe && hasAscii(head, 1)) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff && hasAscii(head, 0)) return 'utf-16be';
  if (head.length < 8) return 'other';
  const alternates = (first: number): boolean =>
    [0, 2, 4, 6].every((at) => head[at + first] !== 0 && head[at + 1 - first] === 0);
  if (alternates(0)) return 'utf-16le';
  if (alternates(1)) return 'utf-16be';
  return 'other';
}

/**
 * Whether ASCII is a good part of what follows a byte-order mark, as in every log: two bytes by themselves may as well
 * be the beginning of damage, and then nothing behind it would be read.
 *
 * @param high which byte of two is the high one
 */
function hasAscii(head: Uint8Array, high: 0 | 1): boolean {
  const units = (head.length - 2) >> 1;
  let ascii = 0;
  for (let at = 2; at + 1 < head.length; at += 2) {
    if (head[at + high] === 0 && head[at + 1 - high]! < 0x80) ascii++;
  }
  return ascii >= units / 4;
}

/** Whether a block is the header of a tar entry: its checksum (offset 148, octal) has to agree. POSIX ustar. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < 512) return false;
  let sum = 0;
  for (let at = 0; at < 512; at++) sum += at >= 148 && at < 156 ? 0x20 : block[at]!;
  let digits = '';
  for (let at = 148; at < 156; at++) digits += String.fromCharCode(block[at]!);
  const octal = /^ *([0-7]+)[ \0]/.exec(digits);
  return octal !== null && parseInt(octal[1]!, 8) === sum && block[0] !== 0;
}

function startsWith(head: Uint8Array, hex: string): boolean {
  for (let at = 0; at < hex.length / 2; at++) {
    if (head[at] !== parseInt(hex.slice(2 * at, 2 * at + 2), 16)) return false;
  }
  return true;
}

function sniffed(kind: ByteKind): ByteSniff {
  return { kind, name: '', advice: '' };
}
