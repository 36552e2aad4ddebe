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

/** Inputs that one engine is given: making one costs more than a scan, and memory that is only freed some time later. */
const PER_ENGINE = 200;

/** An engine that is made anew every so often, so that what it has learnt stays little. */
class Renewed {
  #scanner = make();
  #uses = 0;

  /** For one more input. */
  next(): RecordScanner {
    if (++this.#uses % PER_ENGINE === 0) this.#scanner = make();
    this.#scanner.clear();
    return this.#scanner;
  }
}

function make(): RecordScanner {
  return new RecordScanner(loadEngine(wasm, 1 << 22));
}

const agreeing = new Renewed();

/** Takes a record exactly when JSON.parse takes it, and ends where it ends. */
export const scannerAgrees = fc.property(text, fc.option(wounds), (json, some) => {
  const whole = new TextEncoder().encode(json);
  const bytes = some === null ? whole : damage(whole, some).bytes;
  const reference = new Collector().record(bytes, 0, bytes.length, 0);
  const result = agreeing.next().scan(bytes, 0, bytes.length, 0);
  if (reference > 0 ? result !== reference : result > 0) {
    throw new Error(`scan: ${result}, JSON.parse: ${reference}, of ${new TextDecoder().decode(bytes)}`);
  }
});

/** Both are given the same records, so that their codes mean the same. */
const [lonely, amid] = [new Renewed(), new Renewed()];

/** What stands before and behind its input changes nothing. */
export const scannerStaysInside = fc.property(
  text,
  wounds,
  fc.uint8Array({ maxLength: 40 }),
  fc.uint8Array({ maxLength: 40 }),
  (json, some, before, behind) => {
    const { bytes } = damage(new TextEncoder().encode(json), some);
    const alone = lonely.next();
    const result = alone.scan(bytes, 0, bytes.length, 0);
    const among = amid.next();
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
