/**
 * Looks into records for what the columns leave open of a query: those are parsed in whose text something stands that it asks
 * for, of the others the text tells. Whoever has the text decides, with what the columns tell; few records come back for that.
 */
import type { CompiledQuery } from '../../../src/core/query/index.ts';
import { enrich, knownOf } from '../../../src/core/table/enrich.ts';
import type { TableFields } from '../../../src/core/table/fields.ts';
import type { ItemKind } from '../../../src/core/table/select.ts';
import { askedRecords } from './asked.ts';
import { DescribedRecords } from './described.ts';
import type { OpenCase } from '../open-case.ts';
import { searchRecords } from './search.ts';
import type { Searchers } from './searchers.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** How many of the records were looked into. */
export interface Searched {
  done: number;
  total: number;
}

/**
 * @param items ascending
 * @param tell told of each item whether the query matches it; in no order
 * @param goOn told how far it is, now and then; false gives up
 * @returns how far it came
 */
export async function askRecords(
  { table, archive }: OpenCase,
  searchers: Searchers,
  fields: TableFields,
  kind: ItemKind,
  query: CompiledQuery,
  items: Uint32Array,
  tell: (item: number, matches: boolean) => void,
  goOn: (searched: Searched) => boolean,
): Promise<Searched> {
  let current = 0;
  const turnTo = (item: number): void => {
    current = item;
  };
  const virtuals = kind === 'events' ? fields.eventVirtuals() : fields.findingVirtuals(() => current);
  const asked = askedRecords(table, kind, items);
  const described = new DescribedRecords(query, table, virtuals, asked, turnTo);
  const searched = { done: 0, total: asked.count };
  const each = (record: number, tellOf: (place: number) => boolean): void => {
    for (let place = asked.firstItem[record]!; place < asked.firstItem[record + 1]!; place++) {
      tell(asked.items[place]!, tellOf(place));
    }
    searched.done++;
  };
  await searchRecords(asked, described.sought, archive, searchers, {
    conditions: described.conditions,
    describe: (record, outcomes, at) => described.describe(record, outcomes, at),
    judged(record, matches) {
      each(record, () => matches);
    },
    given(record, json) {
      const parsed: unknown = JSON.parse(decoder.decode(json));
      each(record, (place) => {
        turnTo(asked.items[place]!);
        return query.matches(enrich(parsed, table.placeOf, knownOf(virtuals, asked.row[record]!)));
      });
    },
    passed(record) {
      each(record, (place) => described.matchesWithoutPiece(place));
    },
    goOn: () => goOn(searched),
  });
  return searched;
}
