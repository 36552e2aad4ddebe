/** What some events changed: calls that are not read-only and succeeded, by operation. */
import { YES, compileQuery } from '../query/index.ts';
import { OUTCOMES } from '../record/outcome.ts';
import { SEVERITIES, type Severity } from '../rules/index.ts';
import { compileDecider } from './deciders.ts';
import { EventList } from './event-list.ts';
import { wordOf, type CallCount, type Operations } from './operations.ts';
import { codeClause, narrowed } from './parts.ts';
import type { Tallies } from './tallies.ts';
import { CodeTally } from './tally.ts';

/** Successful calls of one operation that changes something. */
export interface ChangeCount extends CallCount {
  service: string;
  /** The last of them, by time: an event row. */
  last: number;
  /** Of the most severe finding on any of them. */
  severity: Severity | null;
}

export interface Changes {
  count: number;
  query: string | null;
  /** Operations in all. */
  distinct: number;
  /** Those with findings first, then the newest. */
  calls: ChangeCount[];
}

/** The clauses that select calls which change something. */
const CHANGES = 'readOnly:false';
const SUCCEEDED = 'outcome:success';

/** @param most operations to list */
export function changesOf(
  tallies: Tallies,
  { service, name, codes, pairs }: Operations,
  query: string,
  most: number,
): Changes {
  const { fields, list } = tallies;
  const { findings, rules } = fields;
  const places = changing(tallies);
  const some = new EventList(
    fields,
    places.map((i) => list.rows[i]!),
  );
  const its = places.map((i) => codes[i]!);
  const counted = CodeTally.of(some, its, pairs.length);
  const last = new Int32Array(pairs.length).fill(-1);
  const moment = new Float64Array(pairs.length);
  const worst = new Uint8Array(pairs.length).fill(SEVERITIES.length);
  const rank = findings.combos.map((combo) =>
    Math.min(SEVERITIES.length, ...combo.map((rule) => SEVERITIES.indexOf(rules[rule]!.severity))),
  );
  for (let i = 0; i < its.length; i++) {
    const pair = its[i]!;
    const row = some.rows[i]!;
    const time = some.time[i]!;
    const at = time === time ? time : -Infinity;
    if (last[pair]! < 0 || at > moment[pair]!) {
      last[pair] = row;
      moment[pair] = at;
    }
    const gravity = rank[findings.comboOf[row]!]!;
    if (gravity < worst[pair]!) worst[pair] = gravity;
  }
  const changesQuery = narrowed(narrowed(query, CHANGES), SUCCEEDED);
  const order = [...counted.codes].sort(
    (a, b) => worst[a]! - worst[b]! || (counted.span(b).to || 0) - (counted.span(a).to || 0) || a - b,
  );
  const calls = order.slice(0, most).map((pair): ChangeCount => {
    const [serviceCode, nameCode] = pairs[pair]!;
    return {
      service: wordOf(service, serviceCode),
      eventName: wordOf(name, nameCode),
      tally: counted.tally(pair),
      ...counted.span(pair),
      last: last[pair]!,
      severity: SEVERITIES[worst[pair]!] ?? null,
      query: narrowed(narrowed(changesQuery, codeClause(service, serviceCode)), codeClause(name, nameCode)),
    };
  });
  return { count: its.length, query: changesQuery, distinct: counted.codes.length, calls };
}

/** Places in the list of the calls that succeeded and change something: what CHANGES and SUCCEEDED select. */
function changing(tallies: Tallies): Uint32Array {
  const { list, fields } = tallies;
  const { field, tally } = tallies.by('readOnly');
  const decider = compileDecider(compileQuery(CHANGES).plan, fields.table);
  const isChange = new Uint8Array(field.size);
  // The answer hangs on that one column alone.
  for (const code of tally.codes) {
    if (decider.decide(fields.table, list.rows[tally.sample(code)]!) === YES) isChange[code] = 1;
  }
  const success = OUTCOMES.indexOf('success') + 1;
  const codes = list.codesOf(field.codes);
  const places = new Uint32Array(codes.length);
  let count = 0;
  for (let i = 0; i < codes.length; i++) {
    if (isChange[codes[i]!] === 1 && list.outcome[i] === success) places[count++] = i;
  }
  return places.slice(0, count);
}
