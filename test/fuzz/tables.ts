/** CSV with rows of any content, damaged anywhere: rows that stay whole are found. */
import fc from 'fast-check';
import { collect, jsonOf } from '../core/formats/collect.ts';
import { damage, wounds } from './damage.ts';
import { missing } from './json.ts';

const HEADER = 'eventID,eventName,eventSource,eventTime,userAgent,errorMessage';

/** Text of a cell: any, with what CSV has to quote; no line breaks, for those are what damaged rows are told apart by. */
const cell = fc.string({ maxLength: 20 }).map((text) => text.replace(/[\r\n\0]/g, ' '));
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 12 }).map((cells) =>
  cells.map(([agent, message], n) =>
    [`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`, 'ListBuckets', 's3.amazonaws.com', '2024-01-02T03:04:05Z', agent, message]
      .map((text, i) => (i < 4 ? text : quoted(text)))
      .join(','),
  ),
); // prettier-ignore

async function idsOf(csv: Uint8Array): Promise<string[]> {
  return jsonOf(await collect(csv, 'events.csv')).map(
    (json) => (JSON.parse(json) as { eventID: string }).eventID,
  );
}

export const damagedCsv = fc.asyncProperty(rows, wounds, async (texts, some) => {
  const csv = new TextEncoder().encode(`${HEADER}\n${texts.join('\n')}\n`);
  const { bytes, spared } = damage(csv, some, HEADER.length + 1);
  let at = HEADER.length + 1;
  const whole = texts.filter((text) => {
    const from = at;
    at += Buffer.byteLength(text) + 1;
    return spared(from, at - 1);
  });
  const ids = whole.map((text) => text.slice(0, 36));
  const lost = missing(ids, await idsOf(bytes));
  if (lost.length > 0) throw new Error(`Lost ${lost.join(', ')} in:\n${new TextDecoder().decode(bytes)}`);
});
