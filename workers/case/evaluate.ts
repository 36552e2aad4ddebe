/**
 * Matches rules against all events of a case: when the rules have changed since the events were read.
 */
import { RuleSet, type Hits } from '../../src/core/detect/rule-set.ts';
import type { CompiledQuery } from '../../src/core/query/index.ts';
import { enrich } from '../../src/core/table/enrich.ts';
import type { EventTable } from '../../src/core/table/event-table.ts';
import type { SourceArchive } from './archive.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Records read between two reports of progress. */
const REPORT_EVERY = 2000;

/**
 * @param onProgress told how many of the records that have to be looked at are read
 * @param goOn asked now and then; false gives up
 * @returns the findings, numbered by the order of `queries`; null when given up
 */
export async function evaluateRules(
  queries: readonly CompiledQuery[],
  table: EventTable,
  archive: SourceArchive,
  onProgress: (done: number, total: number) => void,
  goOn: () => boolean,
): Promise<Hits | null> {
  const open = new Map<number, number[]>();
  const sure = new RuleSet(queries, table).match(table, (rule, row) => {
    const waiting = open.get(row);
    if (waiting) waiting.push(rule);
    else open.set(row, [rule]);
    return false;
  });
  const rule = Array.from(sure.rule);
  const row = Array.from(sure.row);
  const spans = Array.from(open.keys(), (event) => ({ event, ...table.spanOf(event) }));
  let done = 0;
  const decide = ({ event }: { event: number }, json: Uint8Array): void => {
    const record = enrich(JSON.parse(decoder.decode(json)), table.placeOf);
    for (const index of open.get(event)!) {
      if (!queries[index]!.matches(record)) continue;
      rule.push(index);
      row.push(event);
    }
    if (++done % REPORT_EVERY === 0) onProgress(done, spans.length);
  };
  await archive.read(spans, decide, goOn);
  return goOn() ? { rule: Uint16Array.from(rule), row: Uint32Array.from(row) } : null;
}
