/**
 * Why findings fired, for many of them at once: their records are read back, each source once, and each is asked which
 * conditions of the alert's query it met.
 */
import type { CompiledQuery, Explanation } from '../../src/core/query/index.ts';
import { enrich } from '../../src/core/table/enrich.ts';
import type { EventTable } from '../../src/core/table/event-table.ts';
import type { SourceArchive } from './archive.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Records asked for at once, unless one source has more. */
const BATCH = 4096;

/** Findings as parallel arrays: which rule, on which event. */
export interface Hits {
  rule: Uint16Array;
  row: Uint32Array;
}

/** What there is to say of a finding: the explanation, or why its record cannot be read. */
export type Evidence = { ok: true; explanation: Explanation } | { ok: false; reason: string };

/**
 * Explains findings source by source, and within one in the order of its records.
 *
 * @param hits the findings, sorted by `bySource`
 * @param queries the rules' queries; `hits.rule` numbers them
 * @param visit told of each finding, by its place in `hits`, in ascending order
 * @param goOn asked often; false stops. It may wait
 */
export async function explainFindings(
  hits: Hits,
  queries: readonly CompiledQuery[],
  table: EventTable,
  archive: SourceArchive,
  visit: (place: number, evidence: Evidence) => void,
  goOn: () => boolean | Promise<boolean>,
): Promise<void> {
  for (let from = 0; from < hits.row.length && (await goOn());) {
    const to = endOfBatch(hits, from, table);
    from = await explainBatch(from, to, hits, queries, table, archive, visit, goOn);
  }
}

/** @returns where a batch that begins at `from` ends: behind a whole source */
function endOfBatch({ row }: Hits, from: number, table: EventTable): number {
  let end = Math.min(from + BATCH, row.length);
  while (end < row.length && table.source[row[end]!] === table.source[row[end - 1]!]) end++;
  return end;
}

/** @returns the place behind the last finding that was visited */
async function explainBatch(
  from: number,
  to: number,
  hits: Hits,
  queries: readonly CompiledQuery[],
  table: EventTable,
  archive: SourceArchive,
  visit: (place: number, evidence: Evidence) => void,
  goOn: () => boolean | Promise<boolean>,
): Promise<number> {
  // One span for each event, however many alerts fired on it.
  const spans: { place: number; source: number; offset: number; length: number }[] = [];
  for (let place = from; place < to; place++) {
    if (place === from || hits.row[place] !== hits.row[place - 1]) {
      spans.push({ place, ...table.spanOf(hits.row[place]!) });
    }
  }
  let done = from;
  const explain = ({ place }: { place: number }, json: Uint8Array): void => {
    const record = enrich(JSON.parse(decoder.decode(json)), table.placeOf);
    for (done = place; done < to && hits.row[done] === hits.row[place]; done++) {
      visit(done, { ok: true, explanation: queries[hits.rule[done]!]!.explain(record) });
    }
  };
  for (let rest = spans; rest.length > 0;) {
    try {
      await archive.read(rest, explain, goOn);
      return to;
    } catch (error) {
      // The source at hand cannot be read: its findings go without evidence, the other sources are read all the same.
      const reason = error instanceof Error ? error.message : String(error);
      const bad = table.source[hits.row[done]!];
      for (; done < to && table.source[hits.row[done]!] === bad; done++) visit(done, { ok: false, reason });
      rest = rest.filter(({ place }) => place >= done);
    }
  }
  return done;
}

/**
 * @param items findings, by number, in any order
 * @returns the same findings, by source, then by record, then by rule, as they are now
 */
export function bySource(items: Uint32Array, table: EventTable): Hits {
  const { hitRow, hitRule, source } = table;
  // Rows of one source stand in the order of its records: it is read from its beginning to its end.
  const sorted = items
    .slice()
    .sort(
      (a, b) =>
        source[hitRow[a]!]! - source[hitRow[b]!]! || hitRow[a]! - hitRow[b]! || hitRule[a]! - hitRule[b]!,
    );
  return {
    rule: Uint16Array.from(sorted, (item) => hitRule[item]!),
    row: Uint32Array.from(sorted, (item) => hitRow[item]!),
  };
}
