import { gunzip, type ByteReport } from '../bytes/gzip.ts';
import { count } from '../bytes/limits.ts';
import { memorySource } from '../bytes/source.ts';
import type { ByteStream } from '../bytes/stream.ts';
import { peek } from './json/peek.ts';
import { matchesAscii, NEWLINE, OPEN_BRACE, QUOTE, skipSpace } from './json/scan.ts';
import { isObject } from './record.ts';

const LATIN_1 = new TextDecoder('latin1');
const NEWLINE_BYTES = new Uint8Array([NEWLINE]);

/** How much of a text is looked at to tell whether it carries payloads. */
export const PAYLOAD_LOOK = 2 ** 10;
/** Such texts are held in memory as a string; V8's longest has 2^29 characters. */
const MAX_TEXT = 2 ** 28;

/** The payloads of an envelope; the last one may be cut off. */
const PAYLOAD = /"[dD]ata"\s*:\s*"([^"]*)/g;
/** Base64 of the first bytes of gzip. */
const GZIP = 'H4sI';
/** Keys of which an envelope has one: looked for in the bytes, since every file is asked. */
const HINTS = ['"awslogs"', '"kinesis"', '"recordId"', '"Data"'];

/**
 * Whether a text is an envelope of base64 payloads: the text of one payload itself, or what Lambda functions get from
 * CloudWatch Logs (`awslogs.data`), Kinesis (`Records[].kinesis.data`) and Firehose (`records[].data`), or what
 * `aws kinesis get-records` prints (`Records[].Data`).
 */
export function carriesPayloads(head: Uint8Array): boolean {
  const start = skipSpace(head, 0, head.length);
  if (matchesAscii(head, start, start + GZIP.length, GZIP)) return true;
  if (!hasHint(head)) return false;
  const { value } = peek(head, start, head.length);
  if (!isObject(value)) return false;
  if (isObject(value['awslogs'])) return true;
  const records = value['Records'] ?? value['records'];
  const first: unknown = Array.isArray(records) ? records[0] : null;
  if (!isObject(first)) return false;
  return isObject(first['kinesis']) || 'SequenceNumber' in first || 'recordId' in first;
}

function hasHint(head: Uint8Array): boolean {
  for (let at = 0; at < head.length; at++) {
    if (head[at] === QUOTE && HINTS.some((key) => matchesAscii(head, at, at + key.length, key))) return true;
  }
  return false;
}

/** The payloads of a text, decoded, decompressed and each on a line of its own. */
export async function* decodePayloads(
  stream: ByteStream,
  report: ByteReport,
): AsyncGenerator<Uint8Array, void, void> {
  const text = LATIN_1.decode(await stream.collect(MAX_TEXT));
  const isBare = text.trimStart().startsWith(GZIP);
  if (!isBare && !/[}\]]\s*$/.test(text)) report.damage.push('The text is cut off.');
  let others = 0;
  for (const payload of isBare ? [text] : payloadsIn(text)) {
    const bytes = decodeBase64(payload);
    if (bytes === null) report.damage.push('A payload is no valid base64.');
    else if (bytes[0] === 0x1f && bytes[1] === 0x8b) yield* gunzip(memorySource(bytes), report);
    else if (bytes[skipSpace(bytes, 0, bytes.length)] === OPEN_BRACE) yield bytes;
    else others++;
    yield NEWLINE_BYTES;
  }
  if (others > 0) report.notes.push(`Passed over as something else: ${count(others, 'payload')}.`);
}

function* payloadsIn(text: string): Generator<string> {
  for (const match of text.matchAll(PAYLOAD)) yield match[1]!;
}

/** Also in lines, with JSON's escaped slashes, without its last padding, or cut off anywhere. */
function decodeBase64(text: string): Uint8Array | null {
  const digits = text.replace(/[\s\\]/g, '').replace(/=+$/, '');
  try {
    const binary = atob(digits.length % 4 === 1 ? digits.slice(0, -1) : digits);
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
    return bytes;
  } catch {
    return null;
  }
}
