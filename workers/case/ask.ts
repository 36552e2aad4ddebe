/**
 * Looks into records for what the columns leave open of a query: those first in whose text something stands that it asks
 * for are parsed, of the others the text tells.
 */
import { UNKNOWN, YES, type CompiledQuery } from '../../src/core/query/index.ts';
import { enrich, knownOf } from '../../src/core/table/enrich.ts';
import type { EventTable } from '../../src/core/table/event-table.ts';
import type { TableFields } from '../../src/core/table/fields.ts';
import { Haystack } from '../../src/core/seek/haystack.ts';
import { rowOfItem, type ItemKind } from '../../src/core/table/select.ts';
import { compileSieve } from '../../src/core/table/sieve.ts';
import type { Span } from './archive.ts';
import type { OpenCase } from './open-case.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** How many of the records were looked into. */
export interface Searched {
  done: number;
  total: number;
}

/**
 * @param items ascending; may be put in another order
 * @param answers by item: 1 for yes, -1 for no; filled in
 * @param goOn told how far it is, now and then; false gives up
 * @returns how far it came
 */
export async function askRecords(
  { table, archive }: OpenCase,
  fields: TableFields,
  kind: ItemKind,
  query: CompiledQuery,
  items: Uint32Array,
  answers: Int8Array,
  goOn: (searched: Searched) => boolean,
): Promise<Searched> {
  let current = 0;
  const virtuals = kind === 'events' ? fields.eventVirtuals() : fields.findingVirtuals(() => current);
  const spans = spansOf(table, kind, items);
  const searched = { done: 0, total: spans.length };
  const eachItem = (span: Asked, answerOf: () => boolean | null): boolean => {
    for (let i = span.first; i < span.end; i++) {
      current = items[i]!;
      const answer = answerOf();
      if (answer === null) return false;
      answers[current] = answer ? 1 : -1;
    }
    searched.done++;
    return true;
  };
  const parse = (span: Asked, json: Uint8Array): void => {
    const record: unknown = JSON.parse(decoder.decode(json));
    eachItem(span, () => {
      return query.matches(enrich(record, table.placeOf, knownOf(virtuals, span.row)));
    });
  };
  const sieve = compileSieve(query.plan, table, virtuals);
  const passer = sieve && {
    haystack: new Haystack(sieve),
    pass: (span: Asked) =>
      eachItem(span, () => {
        if (sieve.decider === null) return false;
        const outcome = sieve.decider.decide(table, span.row);
        return outcome === UNKNOWN ? null : outcome === YES;
      }),
  };
  try {
    await archive.readWhatIsThere(spans, parse, () => goOn(searched), passer);
  } finally {
    passer?.haystack.close();
  }
  return searched;
}

/** A record that is asked, and where in the list its items stand. */
interface Asked extends Span {
  row: number;
  first: number;
  end: number;
}

/** @param items ascending; findings of one event need not stand together */
function spansOf(table: EventTable, kind: ItemKind, items: Uint32Array): Asked[] {
  if (kind === 'findings') items.sort((a, b) => table.hitRow[a]! - table.hitRow[b]!);
  const spans: Asked[] = [];
  for (let first = 0; first < items.length;) {
    const row = rowOfItem(table, kind, items[first]!);
    let end = first + 1;
    while (end < items.length && rowOfItem(table, kind, items[end]!) === row) end++;
    spans.push({ row, first, end, ...table.spanOf(row) });
    first = end;
  }
  return spans;
}
