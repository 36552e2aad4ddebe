/**
 * Matches rules against all events of a case: when the rules have changed since the events were read.
 */
import { RuleSet, type Hits } from '../../src/core/detect/rule-set.ts';
import { compileQuery } from '../../src/core/query/index.ts';
import { queryOf, type Rule } from '../../src/core/rules/index.ts';
import { enrich } from '../../src/core/table/enrich.ts';
import type { EventTable } from '../../src/core/table/event-table.ts';
import type { SourceArchive } from './archive.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** @returns the findings, numbered by the order of `rules` */
export async function evaluateRules(
  rules: readonly Rule[],
  table: EventTable,
  archive: SourceArchive,
): Promise<Hits> {
  const queries = rules.map((rule) => compileQuery(queryOf(rule, 'corrected')));
  const open = new Map<number, number[]>();
  const sure = new RuleSet(queries, table).match(table, (rule, row) => {
    const waiting = open.get(row);
    if (waiting) waiting.push(rule);
    else open.set(row, [rule]);
    return false;
  });
  const rule = Array.from(sure.rule);
  const row = Array.from(sure.row);
  const spans = Array.from(open.keys(), (event) => ({
    event,
    source: table.source[event]!,
    offset: table.offset[event]!,
    length: table.length[event]!,
  }));
  await archive.read(spans, ({ event }, json) => {
    const record = enrich(JSON.parse(decoder.decode(json)), table.placeOf);
    for (const index of open.get(event)!) {
      if (!queries[index]!.matches(record)) continue;
      rule.push(index);
      row.push(event);
    }
  });
  return { rule: Uint16Array.from(rule), row: Uint32Array.from(row) };
}
