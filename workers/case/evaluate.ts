/**
 * Matches rules against all events of a case: when the rules have changed since the events were read.
 */
import { RuleSet, type Hits } from '../../src/core/detect/rule-set.ts';
import type { CompiledQuery } from '../../src/core/query/index.ts';
import { enrich } from '../../src/core/table/enrich.ts';
import type { EventTable } from '../../src/core/table/event-table.ts';
import type { RuleBook } from './rule-book.ts';
import type { SourceArchive } from './archive.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * What the rules of `book` find. Only the rules that were not in force before are matched.
 *
 * @param before the rules that the findings in the table are of; null when those cannot be relied on
 * @returns the findings, numbered by `book.active`; null when given up
 */
export async function evaluateBook(
  book: RuleBook,
  before: RuleBook | null,
  table: EventTable,
  archive: SourceArchive,
  onProgress: (done: number, total: number) => void,
  goOn: () => boolean,
): Promise<Hits | null> {
  const numbers = new Map(book.keys.map((key, number) => [key, number]));
  /** By the old number of a rule its new one; -1 when it is not in force any more. */
  const renumbered = (before?.keys ?? []).map((key) => numbers.get(key) ?? -1);
  const kept = new Set(renumbered);
  const changed = book.active.flatMap((_, number) => (kept.has(number) ? [] : [number]));
  const queries = changed.map((number) => book.active[number]!.compiled);
  const found = await evaluateRules(queries, table, archive, onProgress, goOn);
  if (found === null) return null;
  const { hitRule, hitRow, findings } = table;
  const old = before === null ? 0 : findings;
  const rule = new Uint16Array(old + found.rule.length);
  const row = new Uint32Array(old + found.row.length);
  let count = 0;
  for (let i = 0; i < old; i++) {
    const number = renumbered[hitRule[i]!]!;
    if (number < 0) continue;
    rule[count] = number;
    row[count++] = hitRow[i]!;
  }
  for (let i = 0; i < found.rule.length; i++) {
    rule[count] = changed[found.rule[i]!]!;
    row[count++] = found.row[i]!;
  }
  return { rule: rule.slice(0, count), row: row.slice(0, count) };
}

/** The worker works this long at a stretch, ms: what else is asked of it waits no longer, a newer evaluation among it. */
const STRETCH_MS = 40;

/**
 * @param onProgress told how many of the records that have to be looked at are read
 * @param goOn asked now and then; false gives up
 * @returns the findings, numbered by the order of `queries`; null when given up
 */
async function evaluateRules(
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
    done++;
  };
  let since = performance.now();
  const goOnInTurns = (): boolean | Promise<boolean> => {
    if (performance.now() - since < STRETCH_MS) return goOn();
    onProgress(done, spans.length);
    return new Promise((resolve) => {
      setTimeout(() => {
        since = performance.now();
        resolve(goOn());
      });
    });
  };
  await archive.readWhatIsThere(spans, decide, goOnInTurns);
  return goOn() ? { rule: Uint16Array.from(rule), row: Uint32Array.from(row) } : null;
}
