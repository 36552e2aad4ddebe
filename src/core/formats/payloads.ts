import { gunzip, type ByteReport } from '../bytes/gzip.ts';
import { memorySource } from '../bytes/source.ts';
import type { ByteStream } from '../bytes/stream.ts';
import { peek } from './json/peek.ts';
import { skipSpace } from './json/scan.ts';
import { isObject } from './record.ts';

/** How much of a text is looked at to tell whether it carries payloads. */
export const PAYLOAD_LOOK = 2 ** 10;
/** Such texts are held in memory as a string; V8's longest has 2^29 characters. */
const MAX_TEXT = 2 ** 28;

/** Base64 of the first bytes of gzip, and of `{"`. */
const ENCODED = String.raw`(?:H4sI|eyJ|ew)[A-Za-z0-9+/=\\]*`;
const BARE = /^\s*H4sI/;
/** A cheap test before the thorough one. */
const HINT = /"(?:awslogs|kinesis|recordId|Data)"\s*:/;

/**
 * Whether a text is an envelope of base64 payloads: the text of one payload itself, or what Lambda functions get from
 * CloudWatch Logs (`awslogs.data`), Kinesis (`Records[].kinesis.data`) and Firehose (`records[].data`), or what
 * `aws kinesis get-records` prints (`Records[].Data`).
 */
export function carriesPayloads(head: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(head);
  if (BARE.test(text)) return true;
  if (!HINT.test(text)) return false;
  const { value } = peek(head, skipSpace(head, 0, head.length), head.length);
  if (!isObject(value)) return false;
  if (isObject(value['awslogs'])) return true;
  const records = value['Records'] ?? value['records'];
  const first: unknown = Array.isArray(records) ? records[0] : null;
  if (!isObject(first)) return false;
  return isObject(first['kinesis']) || 'SequenceNumber' in first || 'recordId' in first;
}

/** The payloads of a text, decoded, decompressed and each on a line of its own. */
export async function* decodePayloads(
  stream: ByteStream,
  report: ByteReport,
): AsyncGenerator<Uint8Array, void, void> {
  const text = new TextDecoder('latin1').decode(await stream.collect(MAX_TEXT));
  const payloads = BARE.test(text) ? [text] : payloadsIn(text);
  const newline = new Uint8Array([0x0a]);
  for (const payload of payloads) {
    const bytes = decodeBase64(payload);
    if (bytes === null) {
      report.damage.push('A base64 payload is damaged.');
    } else if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
      yield* gunzip(memorySource(bytes), report);
    } else {
      yield bytes;
    }
    yield newline;
  }
}

function* payloadsIn(text: string): Generator<string> {
  for (const match of text.matchAll(new RegExp(`"[dD]ata"\\s*:\\s*"(${ENCODED})"`, 'g'))) yield match[1]!;
}

/** Also in lines, with JSON's escaped slashes, or without its last padding. */
function decodeBase64(text: string): Uint8Array | null {
  try {
    const binary = atob(text.replace(/[\s\\]/g, ''));
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
    return bytes;
  } catch {
    return null;
  }
}
