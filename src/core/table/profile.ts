/**
 * The page of a principal, an address or an access key: what it did, when, from where, with which keys, what
 * came of it. Every number comes with the filter that shows exactly the events (or findings) that it counts:
 * test/core/table/profile.test.ts holds both against each other.
 */
import { YES, compileQuery } from '../query/index.ts';
import { SEVERITIES, type Severity } from '../rules/index.ts';
import { OUTCOMES } from '../record/outcome.ts';
import { compileDecider } from './deciders.ts';
import { entityClause, entityRows, type EntityKind, type EntityRef } from './entity.ts';
import type { RuleFacts, TableFields } from './fields.ts';
import { histogram, type HistogramResult } from './histogram.ts';
import {
  codeClause,
  codedField,
  narrowed,
  partOf,
  type CodedField,
  type Counted,
  type Part,
  type PartField,
} from './parts.ts';
import type { Codes } from './rows.ts';
import type { TimeRange } from './select.ts';
import { CodeTally, pairCodes, type Tally } from './tally.ts';

/** Breakdowns of each kind of page, in the order in which they are shown. */
const PARTS: Record<EntityKind, readonly PartField[]> = {
  principal: [
    'sourceIp', 'country', 'userAgent', 'accessKeyId', 'arn', 'role', 'mfa', 'through', 'errorCode', 'region', 'account', 'principalType',
  ],
  address: ['principal', 'accessKeyId', 'userAgent', 'country', 'errorCode', 'region', 'account', 'principalType'],
  key: [
    'principal', 'sourceIp', 'country', 'userAgent', 'role', 'mfa', 'through', 'errorCode', 'region', 'account', 'principalType',
  ],
}; // prettier-ignore

/** Values that a breakdown lists at most: what a person reads; the filter's side list searches the rest. */
const MOST_VALUES = 100;

/** What was called: one operation of a service. */
export interface CallCount extends Counted {
  eventName: string;
}

/** Calls of one service, its operations among them, most events first. */
export interface ServiceCount extends Counted {
  service: string;
  calls: CallCount[];
  /** Operations in all, and the events of those that are not listed. */
  distinct: number;
  otherEvents: number;
}

/** Findings of one alert. */
export interface AlertCount {
  rule: RuleFacts;
  count: number;
  from: number;
  to: number;
  /** Shows exactly these, among findings. */
  query: string | null;
}

/** Successful calls of one operation that changes something. */
export interface ChangeCount extends CallCount {
  service: string;
  /** The last of them, by time: an event row. */
  last: number;
  /** Of the most severe finding on any of them. */
  severity: Severity | null;
}

export interface EntityProfile {
  entity: EntityRef;
  /** Shows all its events, or all its findings. */
  query: string;
  tally: Tally;
  /** Events without a usable time. */
  undated: number;
  /** Events that no range narrows: those that the case has of it. 0 = the case does not know it. */
  inCase: number;
  first: { event: number; time: number } | null;
  last: { event: number; time: number } | null;
  findings: number;
  /** Most severe first. */
  alerts: AlertCount[];
  /** Over time: events by outcome (in the order of OUTCOMES) and findings by severity, critical first. */
  start: number;
  step: number;
  outcomes: Uint32Array[];
  severities: Uint32Array[];
  /** Most events first. */
  services: ServiceCount[];
  distinctServices: number;
  /** What changed something: calls that are not read-only and succeeded. Those with findings first, then the newest. */
  changes: { count: number; query: string | null; distinct: number; calls: ChangeCount[] };
  parts: Part[];
}

/** The clauses that select calls which change something. */
const CHANGES = 'readOnly:false';
const SUCCEEDED = 'outcome:success';

/**
 * @param range the time looked at; undated events are out as soon as a bound is set
 * @param bars bars of the chart at most
 */
export function profileOf(
  fields: TableFields,
  entity: EntityRef,
  range: TimeRange,
  bars: number,
): EntityProfile {
  const { table } = fields;
  const query = entityClause(entity);
  const rows = entityRows(fields, entity, range);
  const isAllTime = range.from === null && range.to === null;
  const outcomes = fields.field('outcome').codes;
  const all = new CodeTally(new Uint8Array(table.rows), 1, rows, outcomes, table.time);
  const chart = histogram(fields, 'events', rows, bars, range);
  return {
    entity,
    query,
    tally: all.tally(0),
    undated: chart.undated,
    inCase: isAllTime ? rows.length : entityRows(fields, entity, { from: null, to: null }).length,
    ...ends(table.time, rows),
    ...alerts(fields, rows, query),
    start: chart.start,
    step: chart.step,
    severities: chart.findings,
    outcomes: outcomesOverTime(table.time, rows, outcomes, chart),
    ...calls(fields, rows, query, outcomes),
    changes: changes(fields, rows, query, outcomes),
    parts: PARTS[entity.kind].map((name) => partOf(fields, name, rows, query, outcomes, MOST_VALUES)),
  };
}

/** The first and the last of some events by time; of several at once, the first that arrived. */
function ends(time: Float64Array, rows: Uint32Array): Pick<EntityProfile, 'first' | 'last'> {
  let first = -1;
  let last = -1;
  for (const row of rows) {
    const at = time[row]!;
    if (at !== at) continue;
    if (first < 0 || at < time[first]!) first = row;
    if (last < 0 || at > time[last]!) last = row;
  }
  if (first < 0) return { first: null, last: null };
  return { first: { event: first, time: time[first]! }, last: { event: last, time: time[last]! } };
}

function outcomesOverTime(
  time: Float64Array,
  rows: Uint32Array,
  outcomes: Codes,
  { start, step, events }: HistogramResult,
): Uint32Array[] {
  const bars = events.length;
  const series = OUTCOMES.map(() => new Uint32Array(bars));
  for (const row of rows) {
    const bar = Math.floor((time[row]! - start) / step);
    if (bar >= 0 && bar < bars) series[outcomes[row]! - 1]![bar]!++;
  }
  return series;
}

function alerts(
  fields: TableFields,
  rows: Uint32Array,
  query: string,
): Pick<EntityProfile, 'findings' | 'alerts'> {
  const { table, rules } = fields;
  const isIts = new Uint8Array(table.rows);
  for (const row of rows) isIts[row] = 1;
  const counts = new Uint32Array(rules.length);
  const first = new Float64Array(rules.length).fill(Infinity);
  const last = new Float64Array(rules.length).fill(-Infinity);
  for (let i = 0; i < table.findings; i++) {
    const row = table.hitRow[i]!;
    if (isIts[row] === 0) continue;
    const rule = table.hitRule[i]!;
    counts[rule]!++;
    if (table.time[row]! < first[rule]!) first[rule] = table.time[row]!;
    if (table.time[row]! > last[rule]!) last[rule] = table.time[row]!;
  }
  const found = rules.flatMap((rule, i): AlertCount[] => {
    if (counts[i] === 0) return [];
    const dated = first[i] !== Infinity;
    return [
      {
        rule: { id: rule.id, name: rule.name, severity: rule.severity, pack: rule.pack },
        count: counts[i]!,
        from: dated ? first[i]! : NaN,
        to: dated ? last[i]! : NaN,
        query: narrowed(query, `alert.keyword:"${rule.id}"`),
      },
    ];
  });
  const weight = ({ rule }: AlertCount): number => SEVERITIES.indexOf(rule.severity);
  found.sort((a, b) => weight(a) - weight(b) || b.count - a.count || (a.rule.name < b.rule.name ? -1 : 1));
  return { alerts: found, findings: found.reduce((total, { count }) => total + count, 0) };
}

/** Operations of services, as pairs of codes. */
function operations(fields: TableFields, rows: Uint32Array) {
  const service = codedField(fields, 'eventSource');
  const name = codedField(fields, 'eventName');
  return { service, name, ...pairCodes(service, name, rows, fields.table.rows) };
}

function calls(
  fields: TableFields,
  rows: Uint32Array,
  query: string,
  outcomes: Codes,
): Pick<EntityProfile, 'services' | 'distinctServices'> {
  const { time } = fields.table;
  const { service, name, codes, pairs } = operations(fields, rows);
  const byService = new CodeTally(service.codes, service.size, rows, outcomes, time);
  const byPair = new CodeTally(codes, pairs.length, rows, outcomes, time);
  const services = new Map<number, ServiceCount>();
  for (const code of byService.codes.subarray(0, MOST_VALUES)) {
    services.set(code, {
      service: wordOf(service, code),
      tally: byService.tally(code),
      ...byService.span(code),
      query: narrowed(query, codeClause(service, code)),
      calls: [],
      distinct: 0,
      otherEvents: 0,
    });
  }
  for (const pair of byPair.codes) {
    const [serviceCode, nameCode] = pairs[pair]!;
    const of = services.get(serviceCode);
    if (!of) continue;
    of.distinct++;
    if (of.calls.length === MOST_VALUES) of.otherEvents += byPair.events(pair);
    else {
      of.calls.push({
        eventName: wordOf(name, nameCode),
        tally: byPair.tally(pair),
        ...byPair.span(pair),
        query: narrowed(of.query, codeClause(name, nameCode)),
      });
    }
  }
  return { services: [...services.values()], distinctServices: byService.codes.length };
}

/** A value that only records can tell has no word. */
function wordOf(field: CodedField, code: number): string {
  return field.value(code) ?? '';
}

function changes(
  fields: TableFields,
  rows: Uint32Array,
  query: string,
  outcomes: Codes,
): EntityProfile['changes'] {
  const { table, findings, rules } = fields;
  const decider = compileDecider(compileQuery(CHANGES).plan, table);
  const success = OUTCOMES.indexOf('success') + 1;
  const changing = rows.filter((row) => outcomes[row] === success && decider.decide(table, row) === YES);
  const { service, name, codes, pairs } = operations(fields, changing);
  const counted = new CodeTally(codes, pairs.length, changing, outcomes, table.time);
  const last = new Int32Array(pairs.length).fill(-1);
  const worst = new Uint8Array(pairs.length).fill(SEVERITIES.length);
  const moment = (row: number): number => {
    const time = table.time[row]!;
    return time === time ? time : -Infinity;
  };
  const rank = findings.combos.map((combo) =>
    Math.min(SEVERITIES.length, ...combo.map((rule) => SEVERITIES.indexOf(rules[rule]!.severity))),
  );
  for (const row of changing) {
    const pair = codes[row]!;
    if (last[pair]! < 0 || moment(row) > moment(last[pair]!)) last[pair] = row;
    worst[pair] = Math.min(worst[pair]!, rank[findings.comboOf[row]!]!);
  }
  const changesQuery = narrowed(narrowed(query, CHANGES), SUCCEEDED);
  const order = [...counted.codes].sort(
    (a, b) => worst[a]! - worst[b]! || (counted.span(b).to || 0) - (counted.span(a).to || 0) || a - b,
  );
  const found = order.slice(0, MOST_VALUES).map((pair): ChangeCount => {
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
  return { count: changing.length, query: changesQuery, distinct: pairs.length, calls: found };
}
