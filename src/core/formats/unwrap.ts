import { readTable, recordOfTableRow } from './csv/table.ts';
import { withoutNuls } from './json/scan.ts';
import { parseJson } from './json/taker.ts';
import { unwrapValue } from './wrapped/unwrap.ts';

/** The `formatId` of logs whose records stand in them as they are. */
export const NATIVE = 'cloudtrail';

const ENCODER = new TextEncoder();

/**
 * A record's JSON text again, of the bytes of its span in the log's text.
 *
 * @param formatId of the log's outcome
 * @param bytes from the offset and of the length that the sink was given
 */
export function unwrap(formatId: string, bytes: Uint8Array): Uint8Array {
  const table = readTable(formatId);
  if (table !== null) return recordOfTableRow(table, bytes) ?? bytes;
  const text = withoutNuls(bytes);
  if (formatId === NATIVE) return text;
  const found = unwrapValue(parseJson(text));
  if (found === null || found.kind === 'nested') return text;
  return ENCODER.encode(found.kind === 'text' ? found.json : JSON.stringify(found.record));
}
