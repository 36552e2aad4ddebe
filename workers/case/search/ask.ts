/**
 * Looks into records for what the columns leave open of a query: those first in whose text something stands that it asks
 * for are parsed, of the others the text tells.
 */
import { UNKNOWN, YES, type CompiledQuery } from '../../../src/core/query/index.ts';
import { enrich, knownOf } from '../../../src/core/table/enrich.ts';
import type { TableFields } from '../../../src/core/table/fields.ts';
import type { ItemKind } from '../../../src/core/table/select.ts';
import { compileSieve } from '../../../src/core/table/sieve.ts';
import { askedRecords } from './asked.ts';
import type { OpenCase } from '../open-case.ts';
import { searchRecords } from './search.ts';
import type { Searchers } from './searchers.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** How many of the records were looked into. */
export interface Searched {
  done: number;
  total: number;
}

/** What an item is: the query matches it, or does not; 0 as long as nothing is known. */
type Answer = -1 | 0 | 1;
const NO: Answer = -1;
const MATCH: Answer = 1;

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
  const virtuals = kind === 'events' ? fields.eventVirtuals() : fields.findingVirtuals(() => current);
  const sieve = compileSieve(query.plan, table, virtuals);
  const asked = askedRecords(table, kind, items);
  const { row, firstItem } = asked;
  const searched = { done: 0, total: asked.count };
  /** By place in `asked.items`: what the text tells by having no piece. */
  const withoutPiece = new Int8Array(items.length);
  const answerWithoutPiece = (row: number): Answer => {
    if (sieve === null) return 0;
    if (sieve.decider === null) return NO;
    const outcome = sieve.decider.decide(table, row);
    return outcome === UNKNOWN ? 0 : outcome === YES ? MATCH : NO;
  };
  await searchRecords(asked, sieve?.needles ?? [], archive, searchers, {
    isWanted(record) {
      let wanted = false;
      for (let place = firstItem[record]!; place < firstItem[record + 1]!; place++) {
        current = asked.items[place]!;
        const answer = (withoutPiece[place] = answerWithoutPiece(row[record]!));
        if (answer === 0) wanted = true;
      }
      return wanted;
    },
    found(record, json) {
      const parsed: unknown = JSON.parse(decoder.decode(json));
      for (let place = firstItem[record]!; place < firstItem[record + 1]!; place++) {
        current = asked.items[place]!;
        tell(current, query.matches(enrich(parsed, table.placeOf, knownOf(virtuals, row[record]!))));
      }
      searched.done++;
    },
    passed(record) {
      for (let place = firstItem[record]!; place < firstItem[record + 1]!; place++) {
        tell(asked.items[place]!, withoutPiece[place] === MATCH);
      }
      searched.done++;
    },
    goOn: () => goOn(searched),
  });
  return searched;
}
