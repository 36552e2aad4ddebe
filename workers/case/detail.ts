/** One event in full: the record as logged, why it was found, and what stands around it. */
import { compileQuery } from '../../src/core/query/index.ts';
import type { TableFields } from '../../src/core/table/fields.ts';
import { enrich, knownOf } from '../../src/core/table/enrich.ts';
import { eventIdOf } from '../../src/core/table/rows.ts';
import type { DetailAnswer, EventDetail } from '../contract.ts';
import { amendmentsOf } from './addendum.ts';
import { aroundOf, neighboursOf } from './around.ts';
import type { OpenCase } from './open-case.ts';
import { rowOf, ruleInfo } from './rows.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * @param state the fields of the case as it is now, and the order of its events in time
 * @param event the event's row
 * @param query the filter in force, to explain how it matched; '' for none
 */
export async function detailOf(
  opened: OpenCase,
  { fields, places }: { fields: TableFields; places: Uint32Array },
  event: number,
  query: string,
): Promise<DetailAnswer> {
  const { table, sources, book } = opened;
  if (!(event >= 0 && event < table.rows))
    return { ok: false, message: 'This event is not in the case any more.' };
  // Before the record is read: its neighbours are at hand only until something else is read.
  const amendments = await amendmentsOf(opened);
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
    conflicts: table
      .sharingId(event)
      .filter((row) => row !== event)
      .map((row) => rowOf(fields, row, null)),
    amends: amendments.amends(event).map((row) => rowOf(fields, row, null)),
    amendedBy: amendments.amendedBy(event).map((row) => rowOf(fields, row, null)),
    filter:
      query.trim() === ''
        ? null
        : explainFilter(query, enrich(record, null, knownOf(fields.eventVirtuals(), event))),
    around: aroundOf(fields, event),
    neighbours: neighboursOf(fields, places, event),
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
