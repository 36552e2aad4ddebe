/** The scanner against JSON.parse on records that are broken in every way, and beside bytes that are not its own. */
import fc from 'fast-check';
import { wasm } from 'virtual:scanner';
import { loadEngine, RecordScanner } from '../../src/core/scan/index.ts';
import { anyRecord } from '../core/record/arbitrary.ts';
import { Collector } from '../core/formats/collect.ts';
import { damage, wounds } from './damage.ts';

const oddText = fc.constantFrom(
  '{"eventName":"\\ud83d\\ude00 \\ud83d"}',
  '{"a":1e400,"b":-0,"c":123456789012345678901234567890,"d":1E+2}',
  '{"eventName" \t:\r\n "A" , "eventName":"B"}',
  `{"a":${'['.repeat(600)}${']'.repeat(600)}}`,
  '{"":{"":[{"":null}]},"eventName":"\\u0000"}',
  '{"eventTime":"2026-10-05T12:00:00Z","eventTime":"2026-02-30T25:61:61Z"}',
);
const text = fc.oneof(
  { weight: 4, arbitrary: anyRecord.map((one) => one.text) },
  { weight: 1, arbitrary: oddText },
);

/** Takes a record exactly when JSON.parse takes it, and ends where it ends. */
export const scannerAgrees = fc.property(text, fc.option(wounds), (json, some) => {
  const whole = new TextEncoder().encode(json);
  const bytes = some === null ? whole : damage(whole, some).bytes;
  const reference = new Collector().record(bytes, 0, bytes.length, 0);
  const result = new RecordScanner(loadEngine(wasm, 1 << 22)).scan(bytes, 0, bytes.length, 0);
  if (reference > 0 ? result !== reference : result > 0) {
    throw new Error(`scan: ${result}, JSON.parse: ${reference}, of ${new TextDecoder().decode(bytes)}`);
  }
});

/** What stands before and behind its input changes nothing. */
export const scannerStaysInside = fc.property(
  text,
  wounds,
  fc.uint8Array({ maxLength: 40 }),
  fc.uint8Array({ maxLength: 40 }),
  (json, some, before, behind) => {
    const { bytes } = damage(new TextEncoder().encode(json), some);
    const alone = new RecordScanner(loadEngine(wasm, 1 << 22));
    const result = alone.scan(bytes, 0, bytes.length, 0);
    const among = new RecordScanner(loadEngine(wasm, 1 << 22));
    const all = new Uint8Array(Buffer.concat([before, bytes, behind]));
    const start = before.length;
    const shifted = among.scan(all, start, start + bytes.length, 0);
    const expected = result > 0 ? result + start : result;
    if (shifted !== expected) throw new Error(`${shifted} instead of ${expected}`);
    if (result <= 0) return;
    const rowOf = ({ engine: { rows, values, oddId, oddTime } }: RecordScanner): unknown => [
      rows.columns.map((codes) => codes[0]), rows.flags[0], rows.time[0], [...rows.eventId.subarray(0, 16)],
      [...rows.digest.subarray(0, 2)], [...rows.parts.subarray(0, 4)], oddId, oddTime, values,
    ]; // prettier-ignore
    if (JSON.stringify(rowOf(alone)) !== JSON.stringify(rowOf(among))) throw new Error('The rows differ.');
  },
);
