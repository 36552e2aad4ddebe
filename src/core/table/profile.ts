/**
 * The page of a principal, an address or an access key: what it did, when, from where, with which keys, what
 * came of it. Every number comes with the filter that shows exactly the events (or findings) that it counts:
 * test/core/table/profile.test.ts holds both against each other.
 */
import { SEVERITIES } from '../rules/index.ts';
import { changesOf, type Changes } from './changes.ts';
import { courseOf, type Course } from './course.ts';
import {
  entityQuery,
  entityRows,
  namesakesOf,
  type EntityKind,
  type EntityRef,
  type Namesake,
} from './entity.ts';
import { EventList } from './event-list.ts';
import type { RuleFacts, TableFields } from './fields.ts';
import { marksByAlert, type AlertMarks } from './marks-by-alert.ts';
import { operationsOf, wordOf, type CallCount, type Operations } from './operations.ts';
import { codeClause, narrowed, partOf, type Counted, type Part, type PartField } from './parts.ts';
import type { TimeRange } from './select.ts';
import { Tallies } from './tallies.ts';
import { CodeTally, type Tally } from './tally.ts';

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

/** Calls of one service, its operations among them, most events first. */
export interface ServiceCount extends Counted {
  service: string;
  calls: CallCount[];
  /** Operations in all, and the events of those that are not listed. */
  distinct: number;
  otherEvents: number;
}

/** Findings of one alert. */
export interface AlertCount extends AlertMarks {
  rule: RuleFacts;
  count: number;
  from: number;
  to: number;
  /** Shows exactly these, among findings. */
  query: string | null;
}

export interface EntityProfile extends Course {
  entity: EntityRef;
  /** Shows all its events, or all its findings. */
  query: string;
  tally: Tally;
  /** Of a principal: all of that name in the case, itself included. */
  namesakes: Namesake[];
  /** Events that no range narrows: those that the case has of it. 0 = the case does not know it. */
  inCase: number;
  findings: number;
  /** Most severe first. */
  alerts: AlertCount[];
  /** Most events first. */
  services: ServiceCount[];
  distinctServices: number;
  changes: Changes;
  parts: Part[];
}

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
  const namesakes = namesakesOf(fields, entity);
  const query = entityQuery(entity, namesakes);
  const rows = entityRows(fields, entity, range);
  const isAllTime = range.from === null && range.to === null;
  const list = new EventList(fields, rows);
  const tallies = new Tallies(fields, list, [...PARTS[entity.kind], 'readOnly']);
  const operations = operationsOf(tallies);
  const combos = list.codesOf(fields.findings.comboOf);
  return {
    entity,
    query,
    tally: tallies.all(),
    namesakes,
    inCase: isAllTime ? rows.length : entityRows(fields, entity, { from: null, to: null }).length,
    ...courseOf(fields, list, combos, range, bars),
    ...alerts(fields, list, combos, query),
    ...calls(list, operations, query),
    changes: changesOf(tallies, operations, query, MOST_VALUES),
    parts: PARTS[entity.kind].map((name) => partOf(tallies, name, query, MOST_VALUES)),
  };
}

/** Findings by alert. Events share few combinations of alerts: they are counted by these. */
function alerts(
  fields: TableFields,
  list: EventList,
  codes: Uint32Array,
  query: string,
): Pick<EntityProfile, 'findings' | 'alerts'> {
  const { rules } = fields;
  const { combos } = fields.findings;
  const marked = marksByAlert(fields, list.rows);
  const byCombo = CodeTally.of(list, codes, combos.length);
  const counts = new Uint32Array(rules.length);
  const first = new Float64Array(rules.length).fill(Infinity);
  const last = new Float64Array(rules.length).fill(-Infinity);
  for (const combo of byCombo.codes) {
    const { from, to } = byCombo.span(combo);
    for (const rule of combos[combo]!) {
      counts[rule]! += byCombo.events(combo);
      // NaN, where none of the events is dated, is neither less nor more.
      if (from < first[rule]!) first[rule] = from;
      if (to > last[rule]!) last[rule] = to;
    }
  }
  const found = rules.flatMap((rule, i): AlertCount[] =>
    counts[i] === 0
      ? []
      : [
          {
            rule: { id: rule.id, name: rule.name, severity: rule.severity, pack: rule.pack },
            count: counts[i]!,
            from: first[i] === Infinity ? NaN : first[i]!,
            to: last[i] === -Infinity ? NaN : last[i]!,
            ...marked[i]!,
            query: narrowed(query, `alert.keyword:"${rule.id}"`),
          },
        ],
  );
  const weight = ({ rule }: AlertCount): number => SEVERITIES.indexOf(rule.severity);
  found.sort((a, b) => weight(a) - weight(b) || b.count - a.count || (a.rule.name < b.rule.name ? -1 : 1));
  return { alerts: found, findings: found.reduce((total, { count }) => total + count, 0) };
}

function calls(
  list: EventList,
  { service, name, codes, pairs }: Operations,
  query: string,
): Pick<EntityProfile, 'services' | 'distinctServices'> {
  const byPair = CodeTally.of(list, codes, pairs.length);
  const byService = byPair.fold((pair) => pairs[pair]![0], service.size);
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
