/** The pages of the fake case's principals, addresses and keys: counted event by event. */
import type {
  EntityAnswer,
  EntitySpec,
  FacetField,
  Handover,
  Handovers,
  MarkTarget,
  Row,
} from '../../../workers/contract.ts';
import { ENTITY_FIELD } from '../../../src/core/table/entity.ts';
import type { Counted, Part, PartField } from '../../../src/core/table/parts.ts';
import { sum } from '../../../src/core/table/tally.ts';
import type { AlertMarks } from '../../../src/core/table/marks-by-alert.ts';
import type { FakeMarks } from './fake-marks.ts';
import type { FakeWorld } from './fake-world.ts';

const PARTS = [
  'principal', 'sourceIp', 'country', 'userAgent', 'accessKeyId', 'account', 'region', 'principalType', 'errorCode',
] as const satisfies readonly PartField[]; // prettier-ignore

function clause(field: string, value: string): string {
  return value === '' ? `NOT _exists_:${field}` : `${field}.keyword:"${value}"`;
}

export function fakeEntity(
  world: FakeWorld,
  marks: FakeMarks,
  spec: EntitySpec,
  revision: number,
): EntityAnswer {
  const field = ENTITY_FIELD[spec.entity.kind];
  const { account } = spec.entity;
  const ofAccount = account === undefined ? '' : ` AND accountId:"${account}"`;
  const query = clause(field, spec.entity.value) + ofAccount;
  const all = Array.from({ length: Math.min(world.events, 5000) }, (_, i) => world.row(i, 'events'));
  const named = all.filter((row) => row[field] === spec.entity.value);
  const own = named.filter((row) => account === undefined || row.principalAccount === account);
  const rows = own.filter(
    ({ time }) =>
      (spec.from === null && spec.to === null) ||
      (time >= (spec.from ?? -Infinity) && time <= (spec.to ?? Infinity)),
  );
  const dated = rows.filter(({ time }) => !Number.isNaN(time)).sort((a, b) => a.time - b.time);
  const [first, last] = [dated[0], dated.at(-1)];
  const chart = world.histogram(
    rows.map(({ event }) => event),
    spec.bars,
  );
  const outcomes = (['success', 'denied', 'error'] as const).map((outcome) => {
    const bars = new Uint32Array(chart.events.length);
    for (const row of dated) {
      const bar = Math.floor((row.time - chart.start) / chart.step);
      if (row.outcome === outcome) bars[bar] = (bars[bar] ?? 0) + 1;
    }
    return bars;
  });
  const services = groups(rows, 'eventSource', query).map(({ value, rows: of, ...counted }) => ({
    service: value,
    ...counted,
    calls: groups(of, 'eventName', counted.query ?? '').map(
      ({ value: eventName, tally, from, to, query }) => ({
        eventName,
        tally,
        from,
        to,
        query,
      }),
    ),
    distinct: new Set(of.map(({ eventName }) => eventName)).size,
    otherEvents: 0,
  }));
  const found = rows.filter(({ rule }) => rule !== null);
  return {
    entity: spec.entity,
    query,
    tally: tallyOf(rows),
    namesakes:
      spec.entity.kind === 'principal'
        ? groups(named, 'account', '').map(({ value, rows: of }) => ({ account: value, events: of.length }))
        : [],
    undated: rows.length - dated.length,
    inCase: own.length,
    first: first ? { event: first.event, time: first.time } : null,
    last: last ? { event: last.event, time: last.time } : null,
    findings: found.length,
    alerts: world.groups(found.map(({ event }) => event)).map(({ rule, count, from, to }) => ({
      rule,
      count,
      from,
      to,
      query: `${query} AND alert:"${rule.id}"`,
      ...marksOf(found.filter((row) => row.rule?.id === rule.id).map((row) => marks.on(row))),
    })),
    start: chart.start,
    step: chart.step,
    outcomes,
    severities: chart.findings,
    services,
    distinctServices: services.length,
    changes: {
      count: sum(tallyOf(changing(rows))),
      query: `${query} AND readOnly:false AND outcome:success`,
      distinct: groups(changing(rows), 'eventName', query).length,
      calls: groups(changing(rows), 'eventName', `${query} AND readOnly:false AND outcome:success`).map(
        ({ value, rows: of, ...counted }) => ({
          service: of[0]?.eventSource ?? '',
          eventName: value,
          ...counted,
          last: of.at(-1)?.event ?? 0,
          severity: of.find(({ rule }) => rule !== null)?.rule?.severity ?? null,
        }),
      ),
    },
    parts: PARTS.filter((name) => name !== field).map((name) => partOf(rows, name, query)),
    revision,
    took: 2,
  };
}

function marksOf(rows: readonly Row[]): AlertMarks {
  const marks = { open: 0, benign: 0, suspicious: 0, malicious: 0 };
  for (const { mark } of rows) marks[mark]++;
  const [note = '', ...others] = new Set(rows.map((row) => row.note));
  return { marks, note: others.length > 0 ? null : note };
}

/** The events of the findings of an entity, of one alert or all. */
export function fakeFindings(world: FakeWorld, target: MarkTarget & { of: 'entity' }): number[] {
  const { kind, value, account } = target.entity;
  return Array.from({ length: Math.min(world.events, 5000) }, (_, i) => world.row(i, 'events'))
    .filter((row) => row[ENTITY_FIELD[kind]] === value)
    .filter((row) => account === undefined || row.principalAccount === account)
    .filter(({ rule }) => rule !== null && (target.rule === undefined || rule.id === target.rule))
    .map(({ event }) => event);
}

/** The root user gave a key to a session of a role. */
export function fakeHandovers(world: FakeWorld, { entity }: EntitySpec): Handovers {
  const handover: Handover = {
    event: 5,
    time: world.time(5),
    eventName: 'AssumeRole',
    by: { kind: 'principal', value: 'root' },
    to: { kind: 'principal', value: 'role/Admin/alice@example.com' },
    key: 'ASIAHANDEDON',
  };
  return {
    given: entity.value === handover.by.value ? [handover] : [],
    received: entity.value === handover.to.value ? [handover] : [],
    unread: 2,
  };
}

function changing(rows: readonly Row[]): Row[] {
  return rows.filter(({ eventName, outcome }) => outcome === 'success' && !eventName.startsWith('Describe'));
}

function tallyOf(rows: readonly Row[]): Counted['tally'] {
  const tally = { success: 0, denied: 0, error: 0 };
  for (const { outcome } of rows) if (outcome !== '') tally[outcome]++;
  return tally;
}

function groups(
  rows: readonly Row[],
  field: Exclude<FacetField, 'readOnly' | 'category' | 'severity' | 'alert'>,
  query: string,
): (Counted & { value: string; rows: Row[] })[] {
  const found = new Map<string, Row[]>();
  for (const row of rows) found.set(row[field], [...(found.get(row[field]) ?? []), row]);
  return [...found]
    .sort((a, b) => b[1].length - a[1].length)
    .map(([value, of]) => ({
      value,
      rows: of,
      tally: tallyOf(of),
      from: of[0]?.time ?? NaN,
      to: of.at(-1)?.time ?? NaN,
      query: `${query} AND ${clause(field, value)}`,
    }));
}

function partOf(rows: readonly Row[], field: (typeof PARTS)[number], query: string): Part {
  const values = groups(rows, field, query)
    .filter(({ value }) => field !== 'errorCode' || value !== '')
    .map(({ value, tally, from, to, query: own }) => ({ value, tally, from, to, query: own }));
  return { field, values, distinct: values.length, otherEvents: 0, unclear: 0 };
}
