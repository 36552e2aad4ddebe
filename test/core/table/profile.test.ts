import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileQuery } from '../../../src/core/query/index.ts';
import type { Value } from '../../../src/core/record/columns.ts';
import { compileDecider } from '../../../src/core/table/deciders.ts';
import { enrich } from '../../../src/core/table/enrich.ts';
import { ENTITY_FIELD, ENTITY_KINDS, type EntityRef } from '../../../src/core/table/entity.ts';
import { TableFields, type RuleFacts } from '../../../src/core/table/fields.ts';
import { MARKS } from '../../../src/core/table/mark.ts';
import { profileOf, type EntityProfile } from '../../../src/core/table/profile.ts';
import { rowOfItem, select, type ItemKind, type TimeRange } from '../../../src/core/table/select.ts';
import { sum, type Tally } from '../../../src/core/table/tally.ts';
import { anyRecordObject } from '../record/arbitrary.ts';
import { blockOf, tableOf } from './support.ts';

const RULES: RuleFacts[] = [
  { id: 'one', name: 'One', severity: 'low', pack: 'own' },
  { id: 'one-two', name: 'One and two', severity: 'critical', pack: 'own' },
];
const ALL_TIME: TimeRange = { from: null, to: null };

/** A case: its records as parsed, its fields, findings of both rules strewn over it. */
function caseOf(records: readonly object[]): { records: readonly object[]; fields: TableFields } {
  const table = tableOf(blockOf(records.map((record) => JSON.stringify(record))));
  table.placeOf = (address) =>
    address.startsWith('203.') ? { country_code: 'NL', country_name: 'Netherlands' } : null;
  const hits = records.flatMap((_, row) =>
    row % 3 === 0 ? [[0, row], [1, row]] : row % 3 === 1 ? [[1, row]] : [],
  ); // prettier-ignore
  table.addFindings(
    Uint16Array.from(hits, ([rule]) => rule!),
    Uint32Array.from(hits, ([, row]) => row!),
    0,
  );
  const fields = new TableFields(table, RULES);
  const every = (n: number): Uint32Array => Uint32Array.from(records.keys()).filter((row) => row % n === 0);
  const act = { note: null, timeline: null };
  const ids = RULES.map(({ id }) => id);
  fields.marks.do({ ...act, status: 'benign', targets: [{ rule: '', rows: every(5) }] }, ids);
  fields.marks.do({ ...act, status: 'malicious', targets: [{ rule: 'one-two', rows: every(2) }] }, ids);
  return { records, fields };
}

/** How many items a filter shows, its records asked where columns leave it open: as the case worker does. */
function shown(
  { records, fields }: ReturnType<typeof caseOf>,
  kind: ItemKind,
  text: string,
  range: TimeRange,
): number {
  const { table } = fields;
  const query = compileQuery(text);
  let current = 0;
  const virtuals = kind === 'events' ? fields.eventVirtuals() : fields.findingVirtuals(() => current);
  const decider = compileDecider(query.plan, table, virtuals);
  const { chosen, open } = select(table, kind, decider, range, (item) => (current = item));
  let count = chosen.length;
  for (const item of open) {
    current = item;
    const row = rowOfItem(table, kind, item);
    const known: Record<string, readonly Value[]> = {};
    for (const field of virtuals) known[field.path] = field.valuesOf(field.codeOf(row));
    if (query.matches(enrich(records[row], table.placeOf, known))) count++;
  }
  return count;
}

/** Every number of a page that is a link: which items, the filter, the number. */
function numbers(profile: EntityProfile): [what: string, kind: ItemKind, query: string, count: number][] {
  const found: [string, ItemKind, string, number][] = [];
  const add = (what: string, kind: ItemKind, query: string | null, count: number): void => {
    if (query !== null) found.push([what, kind, query, count]);
  };
  const addTally = (what: string, query: string | null, tally: Tally): void => {
    add(what, 'events', query, sum(tally));
    for (const outcome of ['success', 'denied', 'error'] as const) {
      add(`${what} ${outcome}`, 'events', query && `${query} AND outcome:${outcome}`, tally[outcome]);
    }
  };
  addTally('all', profile.query, profile.tally);
  add('findings', 'findings', profile.query, profile.findings);
  for (const { rule, query, count, marks } of profile.alerts) {
    add(rule.id, 'findings', query, count);
    for (const mark of MARKS) add(`${rule.id} ${mark}`, 'findings', `${query} AND mark:${mark}`, marks[mark]);
  }
  for (const { service, query, tally, calls } of profile.services) {
    addTally(service, query, tally);
    for (const call of calls) addTally(`${service} ${call.eventName}`, call.query, call.tally);
  }
  add('changes', 'events', profile.changes.query, profile.changes.count);
  for (const call of profile.changes.calls) add(call.eventName, 'events', call.query, sum(call.tally));
  for (const part of profile.parts) {
    for (const { value, query, tally } of part.values) addTally(`${part.field} ${value}`, query, tally);
  }
  return found;
}

/** Every entity that the case knows. */
function entities(fields: TableFields): EntityRef[] {
  return ENTITY_KINDS.flatMap((kind) => {
    const field = fields.field(ENTITY_FIELD[kind]);
    const values = new Set(Array.from({ length: field.size }, (_, code) => field.value(code)));
    values.add('');
    const named = [...values].map((value): EntityRef => ({ kind, value }));
    if (kind !== 'principal') return named;
    const accounts = ['111122223333', '444455556666', ''];
    return named.flatMap((one) => [one, ...accounts.map((account) => ({ ...one, account }))]);
  });
}

const T = Date.UTC(2026, 9, 5, 12);
const plainRecord = fc
  .record({
    eventName: fc.constantFrom('ListUsers', 'CreateUser', 'AssumeRole', 'ConsoleLogin'),
    eventSource: fc.constantFrom('iam.amazonaws.com', 'sts.amazonaws.com'),
    user: fc.constantFrom('alice', 'alice ', 'Alice', 'a "quoted" \\ name', 'root'),
    account: fc.constantFrom('111122223333', '444455556666', undefined),
    sourceIPAddress: fc.constantFrom('203.0.113.9', '198.51.100.7', 'ssm.amazonaws.com', undefined, null, ''),
    accessKeyId: fc.constantFrom('AKIAEXAMPLE1', 'ASIAEXAMPLE2', undefined),
    userAgent: fc.constantFrom('aws-cli/2.0', 'Boto3 OR (x', '', undefined),
    errorCode: fc.constantFrom(undefined, undefined, 'AccessDenied', 'ThrottlingException'),
    readOnly: fc.constantFrom(true, false, 'false', undefined),
    second: fc.option(fc.nat(600), { freq: 8 }),
    invokedBy: fc.constantFrom(undefined, undefined, 'ssm.amazonaws.com'),
    issuer: fc.constantFrom(undefined, 'Admin', 'Deploy'),
    mfa: fc.constantFrom(undefined, 'true', 'false'),
  })
  .map(({ user, account, accessKeyId, second, invokedBy, issuer, mfa, ...rest }) => ({
    ...rest,
    userIdentity: {
      type: 'IAMUser',
      userName: user,
      arn: `arn:aws:iam::${account ?? ''}:user/${user}`,
      accountId: account,
      accessKeyId,
      invokedBy,
      sessionContext: {
        sessionIssuer: issuer && { arn: `arn:aws:iam::${account ?? ''}:role/${issuer}` },
        attributes: mfa && { mfaAuthenticated: mfa },
      },
    },
    recipientAccountId: account,
    eventTime: second === null ? undefined : new Date(T + second * 1000).toISOString().replace('.000', ''),
    responseElements:
      rest.eventName === 'ConsoleLogin' ? { ConsoleLogin: second === 3 ? 'Failure' : 'Success' } : null,
  }));

const anyRange = fc
  .option(fc.tuple(fc.nat(600), fc.nat(600)))
  .map((ends): TimeRange =>
    ends === null ? ALL_TIME : { from: T + Math.min(...ends) * 1000, to: T + Math.max(...ends) * 1000 + 999 },
  );

describe('profileOf', () => {
  it('shows numbers that are exactly what their filters show', () => {
    fc.assert(
      fc.property(fc.array(plainRecord, { minLength: 1, maxLength: 30 }), anyRange, (records, range) => {
        const one = caseOf(records);
        for (const entity of entities(one.fields)) {
          const profile = profileOf(one.fields, entity, range, 40);
          expect(profile.parts.every((part) => part.unclear === 0)).toBe(true);
          for (const [what, kind, query, count] of numbers(profile)) {
            expect({ what, query, count: shown(one, kind, query, range) }).toEqual({ what, query, count });
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('never shows more than the filter of hostile records', () => {
    fc.assert(
      fc.property(fc.array(anyRecordObject, { minLength: 1, maxLength: 8 }), (records) => {
        const one = caseOf(records.map((record, i) => ({ ...record, eventID: `odd-${i}` })));
        for (const entity of entities(one.fields)) {
          const profile = profileOf(one.fields, entity, ALL_TIME, 40);
          for (const [what, kind, query, count] of numbers(profile)) {
            const more = shown(one, kind, query, ALL_TIME);
            expect({ what, query, count, more, ok: count <= more }).toMatchObject({ ok: true });
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('adds up, and agrees with counting record by record', () => {
    fc.assert(
      fc.property(fc.array(plainRecord, { minLength: 1, maxLength: 40 }), (records) => {
        const one = caseOf(records);
        const entity: EntityRef = { kind: 'principal', value: 'alice' };
        const own = records.filter(({ userIdentity }) => userIdentity.userName === 'alice');
        const profile = profileOf(one.fields, entity, ALL_TIME, 40);
        expect(sum(profile.tally)).toBe(own.length);
        expect(profile.inCase).toBe(own.length);
        const times = own.flatMap(({ eventTime }) =>
          eventTime === undefined ? [] : [Date.parse(eventTime)],
        );
        expect(profile.first?.time).toBe(times.length > 0 ? Math.min(...times) : undefined);
        expect(profile.last?.time).toBe(times.length > 0 ? Math.max(...times) : undefined);
        expect(profile.undated).toBe(own.length - times.length);
        // Of several at once, the first that arrived.
        const at = (time: number): number =>
          records.findIndex((record) => own.includes(record) && Date.parse(record.eventTime ?? '') === time);
        if (times.length > 0) {
          expect(profile.first?.event).toBe(at(Math.min(...times)));
          expect(profile.last?.event).toBe(at(Math.max(...times)));
        }
        const hit = records.filter((record, i) => i % 3 === 0 && own.includes(record));
        const hitTimes = hit.flatMap(({ eventTime }) =>
          eventTime === undefined ? [] : [Date.parse(eventTime)],
        );
        const alert = profile.alerts.find(({ rule }) => rule.id === 'one');
        expect(alert?.count ?? 0).toBe(hit.length);
        if (hitTimes.length > 0) {
          expect([alert?.from, alert?.to]).toEqual([Math.min(...hitTimes), Math.max(...hitTimes)]);
        }
        const drawn = profile.outcomes.map((bars) => bars.reduce((total, n) => total + n, 0));
        expect(drawn.reduce((total, n) => total + n, 0)).toBe(times.length);
        for (const { tally, calls } of profile.services) {
          expect(calls.reduce((total, call) => total + sum(call.tally), 0)).toBe(sum(tally));
        }
        for (const part of profile.parts.filter(({ field }) => field === 'sourceIp' || field === 'arn')) {
          expect(part.values.reduce((total, one) => total + sum(one.tally), 0)).toBe(own.length);
        }
        const denied = own.filter(
          ({ errorCode, responseElements }) =>
            errorCode === 'AccessDenied' || responseElements?.ConsoleLogin === 'Failure',
        );
        expect(profile.tally.denied).toBe(denied.length);
      }),
      { numRuns: 60 },
    );
  });

  it('lists what changed something: with findings first, then the newest, successes only', () => {
    const call = (second: number, eventName: string, more: object = {}): object => ({
      eventName,
      eventSource: 'iam.amazonaws.com',
      sourceIPAddress: '203.0.113.9',
      eventTime: new Date(T + second * 1000).toISOString().replace('.000', ''),
      readOnly: false,
      ...more,
    });
    // Every third event from the first has a critical finding, every third from the second too; others none.
    const { fields } = caseOf([
      call(1, 'ListUsers', { readOnly: true }),
      call(2, 'ListUsers', { readOnly: true }),
      call(3, 'CreateUser'),
      call(4, 'ListUsers', { readOnly: true }),
      call(5, 'AttachUserPolicy'),
      call(6, 'CreateAccessKey'),
      call(7, 'DeleteUser', { errorCode: 'AccessDenied' }),
      call(0, 'CreateAccessKey'),
      call(9, 'PutUserPolicy'),
    ]);
    const { changes } = profileOf(fields, { kind: 'address', value: '203.0.113.9' }, ALL_TIME, 40);
    expect(changes.calls.map(({ eventName, severity, last }) => [eventName, severity, last])).toEqual([
      ['CreateAccessKey', 'critical', 5],
      ['AttachUserPolicy', 'critical', 4],
      ['PutUserPolicy', null, 8],
      ['CreateUser', null, 2],
    ]);
    expect(changes.count).toBe(5);
    expect(changes.distinct).toBe(4);
  });

  it('does not take the country of an address for that of a record which brings its own', () => {
    const call = { eventName: 'A', sourceIPAddress: '203.0.113.9', userAgent: 'x' };
    const { fields } = caseOf([
      call,
      { ...call, sourceIPAddress_geoip: { country_name: 'Utopia' } },
      { ...call, sourceIPAddress: '198.51.100.7' },
    ]);
    const profile = profileOf(fields, { kind: 'principal', value: '' }, ALL_TIME, 40);
    const country = profile.parts.find((part) => part.field === 'country');
    expect(country?.values.map(({ value, tally }) => [value, sum(tally)])).toEqual([
      ['', 1],
      ['Netherlands', 1],
    ]);
    expect(country?.unclear).toBe(1);
  });

  it('tells principals of one name apart by their accounts, and needs no account where there is one', () => {
    const call = (name: string, account?: string): object => ({
      eventName: 'A',
      sourceIPAddress: '203.0.113.9',
      userIdentity: { type: 'IAMUser', userName: name, accountId: account },
    });
    const { fields } = caseOf([
      call('deploy', '1'),
      call('deploy', '2'),
      call('deploy', '2'),
      call('deploy'),
      call('alice', '1'),
    ]);
    const page = (value: string, account?: string): EntityProfile =>
      profileOf(
        fields,
        { kind: 'principal', value, ...(account === undefined ? {} : { account }) },
        ALL_TIME,
        40,
      );
    expect(page('deploy').inCase).toBe(4);
    expect(page('deploy', '2')).toMatchObject({
      inCase: 2,
      namesakes: [
        { account: '2', events: 2 },
        { account: '1', events: 1 },
        { account: '', events: 1 },
      ],
      query: 'principal.keyword:"deploy" AND userIdentity.accountId.keyword:"2"',
    });
    expect(page('deploy', '')).toMatchObject({
      inCase: 1,
      query: 'principal.keyword:"deploy" AND NOT _exists_:userIdentity.accountId',
    });
    expect(page('alice', '1')).toMatchObject({ inCase: 1, query: 'principal.keyword:"alice"' });
    // A link of another case: its account is not taken for the one that is here.
    expect(page('alice', '9').inCase).toBe(0);
    const { parts } = profileOf(fields, { kind: 'address', value: '203.0.113.9' }, ALL_TIME, 40);
    const principals = parts.find(({ field }) => field === 'principal')?.values;
    expect(
      principals?.map(({ value, account, shared, tally }) => [value, account, shared, sum(tally)]),
    ).toEqual([
      ['deploy', '2', true, 2],
      ['deploy', '1', true, 1],
      ['deploy', '', true, 1],
      ['alice', '1', false, 1],
    ]);
  });

  it('says the note that all findings of an alert have, and that they differ', () => {
    const call = (address: string): object => ({ eventName: 'A', sourceIPAddress: address });
    const { fields } = caseOf(
      ['203.0.113.1', '203.0.113.9', '203.0.113.9', '203.0.113.9', '203.0.113.9'].map(call),
    );
    const notes = (value: string): (string | null)[] =>
      profileOf(fields, { kind: 'address', value }, ALL_TIME, 40)
        .alerts.sort((a, b) => a.rule.id.localeCompare(b.rule.id))
        .map(({ note }) => note);
    expect(notes('203.0.113.9')).toEqual(['', '']);
    // Both alerts fired on row 3, the second on rows 1 and 4 too.
    const note = (text: string, rows: number[]): void => {
      const targets = RULES.map(({ id }) => ({ rule: id, rows: Uint32Array.from(rows) }));
      fields.marks.do({ status: null, note: text, timeline: null, targets }, RULES.map(({ id }) => id)); // prettier-ignore
    };
    note('scanner', [1, 3, 4]);
    expect(notes('203.0.113.9')).toEqual(['scanner', 'scanner']);
    note('nightly scanner', [3]);
    expect(notes('203.0.113.9')).toEqual(['nightly scanner', null]);
  });

  it('knows nothing of an entity that is not there', () => {
    const { fields } = caseOf([{ eventName: 'A', sourceIPAddress: '203.0.113.9' }]);
    const profile = profileOf(fields, { kind: 'address', value: '203.0.113.99' }, ALL_TIME, 40);
    expect(profile).toMatchObject({
      inCase: 0,
      first: null,
      last: null,
      findings: 0,
      services: [],
      alerts: [],
    });
    expect(profile.outcomes.map((bars) => bars.length)).toEqual([0, 0, 0]);
  });

  it('says nothing by a filter that would be too long, and nothing of numbers by one for texts', () => {
    const long = 'x'.repeat(9_990);
    const { fields } = caseOf([
      { eventName: 'A', sourceIPAddress: '203.0.113.9', userAgent: long, awsRegion: 7 },
    ]);
    const profile = profileOf(fields, { kind: 'address', value: '203.0.113.9' }, ALL_TIME, 40);
    const of = (field: string): unknown => profile.parts.find((part) => part.field === field)?.values;
    expect(of('userAgent')).toMatchObject([{ value: long, query: null }]);
    expect(of('region')).toMatchObject([{ value: '7', query: null }]);
  });

  it('shows at most a hundred values, and counts the others', () => {
    const records = Array.from({ length: 130 }, (_, i) => ({
      eventName: `Name${i}`,
      eventSource: 'x.amazonaws.com',
      sourceIPAddress: '203.0.113.9',
      userAgent: `agent ${i}`,
    }));
    const profile = profileOf(
      caseOf(records).fields,
      { kind: 'address', value: '203.0.113.9' },
      ALL_TIME,
      40,
    );
    expect(profile.services[0]).toMatchObject({ distinct: 130, otherEvents: 30 });
    const agents = profile.parts.find((part) => part.field === 'userAgent');
    expect(agents).toMatchObject({ distinct: 130, otherEvents: 30 });
    expect(agents?.values).toHaveLength(100);
  });
});
