/** One event in full: the record as logged, why it was found, and what stands around it. */
import { compileQuery } from '../../src/core/query/index.ts';
import { clauseFor } from '../../src/core/table/facets.ts';
import type { FieldName, TableFields } from '../../src/core/table/fields.ts';
import { enrich } from '../../src/core/table/enrich.ts';
import { eventIdOf } from '../../src/core/table/rows.ts';
import type { DetailAnswer, EventDetail } from '../contract.ts';
import type { OpenCase } from './open-case.ts';
import { rowOf, ruleInfo } from './rows.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Around an event: this long before and after. */
const HOUR = 3_600_000;

/**
 * @param event the event's row
 * @param query the filter in force, to explain how it matched; '' for none
 */
export async function detailOf(
  opened: OpenCase,
  fields: TableFields,
  event: number,
  query: string,
): Promise<DetailAnswer> {
  const { table, sources, book } = opened;
  if (!(event >= 0 && event < table.rows))
    return { ok: false, message: 'This event is not in the case any more.' };
  const span = table.spanOf(event);
  let raw = '';
  try {
    await opened.archive.read([span], (_, json) => (raw = decoder.decode(json)));
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
  const record = enrich(JSON.parse(raw), table.placeOf);
  const combo = fields.findings.combos[fields.findings.comboOf[event]!]!;
  const detail: EventDetail = {
    row: rowOf(fields, event, null),
    eventId: eventIdOf(table, event),
    raw,
    source: sources.all[span.source]!,
    recordIndex: table.ordinal[event]!,
    offset: span.offset,
    length: span.length,
    findings: combo.map((index) => {
      const { rule, compiled } = book.active[index]!;
      return {
        rule: ruleInfo(rule),
        explanation: compiled.explain(record),
        ...fields.marks.of(event, index),
      };
    }),
    duplicates: duplicatesOf(opened, event),
    conflicts: table.sharingId(event).filter((row) => row !== event),
    filter: query.trim() === '' ? null : explainFilter(query, record),
    around: aroundOf(fields, event),
  };
  return { ok: true, detail };
}

function explainFilter(query: string, record: unknown): EventDetail['filter'] {
  try {
    return compileQuery(query).explain(record);
  } catch {
    return null; // A filter that does not parse is told of where it is typed.
  }
}

function duplicatesOf({ table, sources }: OpenCase, event: number): EventDetail['duplicates'] {
  const found: EventDetail['duplicates'] = [];
  for (let i = 0; i < table.duplicates; i++) {
    if (table.duplicateOf[i] !== event) continue;
    found.push({
      path: sources.all[table.duplicateSource[i]!]!.path,
      recordIndex: table.duplicateOrdinal[i]!,
    });
  }
  return found;
}

/** Counts the events of the same principal, address and key in the hour before and after. */
function aroundOf(fields: TableFields, event: number): EventDetail['around'] {
  const { table } = fields;
  const time = table.time[event]!;
  if (time !== time) return [];
  const names = ['principal', 'sourceIp', 'accessKeyId'] as const satisfies readonly FieldName[];
  return names.flatMap((name) => {
    const field = fields.field(name);
    const code = field.codes[event]!;
    const value = field.value(code);
    if (value === '') return [];
    let count = 0;
    for (let row = 0; row < table.rows; row++) {
      if (field.codes[row] === code && Math.abs(table.time[row]! - time) <= HOUR) count++;
    }
    return [{ field: name, value, count, query: clauseFor(field, value) }];
  });
}
