/** What the fake case is about: events, findings, files and alerts, each worked out from its number. */
import { ENTITY_FIELD, ENTITY_KINDS } from '../../../src/core/table/entity.ts';
import type {
  AlertGroup,
  CaseHeader,
  EventDetail,
  FacetField,
  Histogram,
  Row,
  RuleInfo,
  Source,
  SourceState,
  ViewSpec,
} from '../../../workers/contract.ts';
import { alternatives } from '../../../src/state/clauses.ts';
import { SEVERITIES } from '../../../src/core/rules/rule.ts';
import { NO_MARKS } from './fake-marks.ts';
import { RULES } from './fake-rules.ts';

const START = Date.UTC(2023, 6, 10, 7, 0, 0);
const SPAN = 9 * 3_600_000;

const CALLS: readonly (readonly [event: string, service: string])[] = [
  ['DescribeInstances', 'ec2'],
  ['GetCallerIdentity', 'sts'],
  ['ListBuckets', 's3'],
  ['GetSecretValue', 'secretsmanager'],
  ['AssumeRole', 'sts'],
  ['DescribeSecurityGroups', 'ec2'],
];
const PRINCIPALS = [
  'user/bert-jan',
  'role/Admin/alice@example.com',
  'user/stratus-red-team-ec2-get-user-data',
  'role/OrganizationAccountAccessRole/1688980401',
  'root',
  'ssm.amazonaws.com',
];
const ADDRESSES = [
  '203.0.113.64',
  '198.51.100.23',
  '192.0.2.10',
  '2001:db8:85a3::8a2e:370:7334',
  'ssm.amazonaws.com',
];
const COUNTRIES = ['Netherlands', 'United States', 'Germany', 'Brazil', ''];
const ACCOUNTS = ['111122223333', '444455556666'];
const REGIONS = ['us-east-1', 'eu-west-1', 'eu-central-1', 'ap-northeast-1'];
const AGENTS = [
  'aws-cli/2.12.6 Python/3.11.4 Linux/5.19.0-1025-aws exe/x86_64.ubuntu.22',
  'stratus-red-team_8e1f',
  'APN/1.0 HashiCorp/1.0 Terraform/1.1.2',
  'ua\u202Egnp.exe',
];

/** A number from 0 to 2^32 that depends on `n` and `salt` alone. */
function mix(n: number, salt: number): number {
  let x = Math.imul(n + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39);
  return (x ^ (x >>> 15)) >>> 0;
}

/** One of `list`, the first ones more often. */
function pick<T>(list: readonly T[], n: number, salt: number): T {
  const share = mix(n, salt) / 2 ** 32;
  return list[Math.floor(share * share * list.length)] as T;
}

export class FakeWorld {
  readonly events: number;
  readonly findings: number;
  readonly #sources: number;
  readonly #every: number;

  constructor(events: number, sources: number, findingEvery: number) {
    this.events = events;
    this.findings = findingEvery === 0 ? 0 : Math.floor(events / findingEvery);
    this.#sources = sources;
    this.#every = findingEvery;
  }

  header(id: string, name: string, storage: CaseHeader['storage']): CaseHeader {
    return {
      id,
      name,
      from: START,
      to: START + SPAN,
      undated: this.events > 100 ? 3 : 0,
      accounts: ACCOUNTS,
      regions: REGIONS,
      conflicting: 0,
      revision: this.events,
      storage,
      unreadable: 0,
      incomplete: null,
      unevaluable: 3,
      filters: [],
      marks: NO_MARKS,
      events: this.events,
      duplicates: 12,
      refusedRecords: 1,
      findings: this.findings,
      files: this.#sources,
      refusedFiles: 2,
      repeatedFiles: 0,
    };
  }

  eventOfFinding(index: number): number {
    return index * this.#every;
  }

  time(event: number): number {
    if (event % 997 === 996) return NaN;
    const wave = Math.sin(event / 37) * 400_000;
    const ms = (event / this.events) * SPAN * 0.96 + 600_000 + wave;
    return START + Math.floor(ms / 1000) * 1000;
  }

  rule(event: number): RuleInfo | null {
    if (this.#every === 0 || event % this.#every !== 0) return null;
    const [id, severity, name] = this.#ruleOf(event);
    return { id, name, severity, pack: 'coralogix' };
  }

  row(event: number, kind: ViewSpec['rows']): Row {
    const rule = this.rule(event);
    const [eventName, service] = rule
      ? [this.#ruleOf(event)[3], this.#ruleOf(event)[4]]
      : pick(CALLS, event, 1);
    const denied = rule?.id === 'access-denied' || (rule === null && mix(event, 2) % 23 === 0);
    const from = mix(event, 3) % ADDRESSES.length;
    return {
      event,
      rule,
      alerts: rule ? (kind === 'events' && mix(event, 9) % 5 === 0 ? 2 : 1) : 0,
      time: this.time(event),
      timeText: event % 501 === 500 ? '2023-07-10 11:42:36.123456' : '',
      principal: pick(PRINCIPALS, event, 4),
      principalAccount: pick(ACCOUNTS, event, 5),
      principalType: 'IAMUser',
      eventName,
      summary: '',
      eventSource: `${service}.amazonaws.com`,
      account: pick(ACCOUNTS, event, 5),
      region: pick(REGIONS, event, 6),
      sourceIp: ADDRESSES[from] as string,
      country: COUNTRIES[from] as string,
      userAgent: pick(AGENTS, event, 7),
      outcome: denied ? 'denied' : 'success',
      errorCode: denied ? 'AccessDenied' : '',
      accessKeyId: `AKIAEXAMPLE${String(mix(event, 8) % 4)}`,
      conflicting: false,
      mark: 'open',
      note: '',
      onTimeline: false,
    };
  }

  value(event: number, field: FacetField): string {
    const row = this.row(event, 'findings');
    if (field === 'severity') return row.rule?.severity ?? '';
    if (field === 'alert') return row.rule?.id ?? '';
    if (field === 'readOnly') return String(row.eventName.startsWith('Describe'));
    if (field === 'category') return 'Management';
    return row[field];
  }

  label(field: FacetField, value: string): string {
    return field === 'alert' ? (RULES.find(([id]) => id === value)?.[2] ?? value) : value;
  }

  matches(event: number, clause: string): boolean {
    if (clause.startsWith('NOT ')) return !this.matches(event, clause.slice(4));
    const choices = alternatives(clause);
    if (choices.length > 1) return choices.some((one) => this.matches(event, one));
    const [, field, value] = /^([\w.]+):(.*)$/.exec(clause) ?? [];
    if (field === undefined || value === undefined) {
      return Object.values(this.row(event, 'events')).some((one) => String(one).includes(clause));
    }
    const name = field.replace(/\.keyword$/, '');
    return this.value(event, name as FacetField) === value.replace(/^"|"$/g, '');
  }

  histogram(sample: readonly number[], most: number): Histogram {
    const times = sample.map((event) => this.time(event)).filter((time) => !Number.isNaN(time));
    if (times.length === 0) {
      return {
        start: 0,
        step: 0,
        events: new Uint32Array(0),
        findings: SEVERITIES.map(() => new Uint32Array(0)),
        undated: sample.length,
      };
    }
    const first = Math.min(...times);
    const last = Math.max(...times);
    const step =
      [1000, 10_000, 60_000, 300_000, 600_000].find((one) => (last - first) / one < most - 1) ?? 3_600_000;
    const start = Math.floor(first / step) * step;
    const bars = Math.floor((last - start) / step) + 1;
    const events = new Uint32Array(bars);
    const findings = SEVERITIES.map(() => new Uint32Array(bars));
    for (const event of sample) {
      const bar = Math.floor((this.time(event) - start) / step);
      if (Number.isNaN(bar)) continue;
      events[bar] = (events[bar] ?? 0) + 1;
      const rule = this.rule(event);
      const series = rule ? findings[SEVERITIES.indexOf(rule.severity)] : undefined;
      if (series) series[bar] = (series[bar] ?? 0) + 1;
    }
    return { start, step, events, findings, undated: sample.length - times.length };
  }

  groups(sample: readonly number[]): AlertGroup[] {
    const groups = new Map<string, AlertGroup>();
    for (const event of sample) {
      const rule = this.rule(event);
      if (!rule) continue;
      const time = this.time(event);
      const group = groups.get(rule.id) ?? { rule, count: 0, principals: 3, from: time, to: time };
      group.count++;
      group.to = Number.isNaN(time) ? group.to : time;
      groups.set(rule.id, group);
    }
    const rank = (group: AlertGroup): number => SEVERITIES.indexOf(group.rule.severity);
    return [...groups.values()].sort((a, b) => rank(a) - rank(b) || b.count - a.count);
  }

  detail(event: number): EventDetail {
    const row = this.row(event, 'findings');
    const raw = this.#record(row);
    return {
      row,
      eventId: '7f0c8b1e-0000-4000-8000-' + String(event).padStart(12, '0'),
      raw,
      source: this.source(event % this.#sources),
      recordIndex: event % 200,
      offset: 4096 + event * 11,
      length: raw.length,
      findings: row.rule
        ? [
            {
              rule: row.rule,
              mark: row.mark,
              note: row.note,
              explanation: {
                matched: true,
                sentence: `matched \`eventName: ${row.eventName}\` and \`eventSource: ${row.eventSource}\``,
                clauses: [
                  {
                    text: `eventSource.keyword:"${row.eventSource}"`,
                    from: 0,
                    to: 20,
                    occur: 'must',
                    outcome: 'matched',
                    evidence: [{ path: 'eventSource', value: row.eventSource }],
                  },
                  {
                    text: 'requestParameters.ipPermissions.items.toPort:443',
                    from: 25,
                    to: 40,
                    occur: 'must',
                    outcome: 'matched',
                    evidence: [{ path: 'requestParameters.ipPermissions.items[0].toPort', value: 443 }],
                  },
                  {
                    text: '_exists_:userIdentity.invokedBy',
                    from: 45,
                    to: 60,
                    occur: 'must not',
                    outcome: 'field missing',
                    evidence: [],
                  },
                ],
              },
            },
          ]
        : [],
      duplicates: event % 14 === 0 ? [{ path: 'copy/of/the/same.json.gz', recordIndex: 4 }] : [],
      conflicts: [],
      amends: [],
      amendedBy: [],
      filter: null,
      around: ENTITY_KINDS.map((kind, i) => {
        const value = row[ENTITY_FIELD[kind]];
        return { entity: { kind, value }, count: 214 - 73 * i, query: `${ENTITY_FIELD[kind]}:"${value}"` };
      }),
      neighbours: {
        before: this.#rowsBetween(event - 5, event),
        after: this.#rowsBetween(event + 1, event + 6),
      },
    };
  }

  #rowsBetween(from: number, to: number): Row[] {
    const first = Math.max(0, from);
    const some = Array.from({ length: Math.max(0, Math.min(to, this.events) - first) }, (_, i) => first + i);
    return some.map((event) => this.row(event, 'events'));
  }

  source(id: number): Source {
    const state: SourceState = id === 1 ? 'partial' : id === 2 || id === 5 ? 'refused' : 'analysed';
    const refused = state === 'refused';
    const reasons: Partial<Record<SourceState, string>> = {
      partial: 'The gzip data ends early, after 1,204 of its records: copy the file again.',
      refused: 'This is a VPC flow log, not a CloudTrail log: leave it out.',
    };
    return {
      id,
      path: `trail/AWSLogs/111122223333/CloudTrail/us-east-1/2023/07/10/111122223333_CloudTrail_us-east-1_20230710T1140Z_${String(id).padStart(5, '0')}.json.gz`,
      bytes: 21_400 + id * 37,
      inflated: 412_000 + id * 311,
      sha256: mix(id, 1).toString(16).padStart(8, '0').repeat(8),
      state,
      format: refused ? 'VPC flow log' : 'CloudTrail log file',
      records: refused ? 0 : 200,
      kept: refused ? 0 : 197,
      duplicates: refused ? 0 : 3,
      refusedRecords: state === 'partial' ? 1 : 0,
      from: refused ? NaN : START + id * 60_000,
      to: refused ? NaN : START + id * 60_000 + 540_000,
      accounts: refused ? [] : ['111122223333'],
      regions: refused ? [] : ['us-east-1'],
      reason: reasons[state] ?? '',
      notes: id === 3 ? ['CRC of member 2 does not match.'] : [],
    };
  }

  sourcePage(
    start: number,
    count: number,
    state: SourceState | 'all',
  ): { total: number; counts: Record<SourceState, number>; sources: Source[] } {
    const counts: Record<SourceState, number> = {
      analysed: this.#sources - 3,
      partial: 1,
      refused: 2,
      repeated: 0,
      interrupted: 0,
    };
    const some = { refused: [2, 5], partial: [1], repeated: [], interrupted: [], analysed: null, all: null }[
      state
    ];
    const total = some ? some.length : state === 'all' ? this.#sources : counts.analysed;
    const ids = Array.from(
      { length: Math.max(0, Math.min(count, total - start)) },
      (_, i) => some?.[start + i] ?? start + i,
    );
    return { total, counts, sources: ids.map((id) => this.source(id)) };
  }

  #ruleOf(event: number): (typeof RULES)[number] {
    return RULES[
      Math.min(RULES.length - 1, 6 - Math.floor(Math.sqrt(mix(event, 11) / 2 ** 32) * 7))
    ] as (typeof RULES)[number];
  }

  #record(row: Row): string {
    const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
    return JSON.stringify({
      eventVersion: '1.08',
      userIdentity: {
        type: 'IAMUser',
        principalId: 'AIDAEXAMPLE',
        arn: `arn:aws:iam::${row.account}:${row.principal}`,
        accountId: row.account,
        accessKeyId: row.accessKeyId,
        userName: row.principal.split('/').pop(),
        sessionContext: { attributes: { creationDate: '2023-07-10T11:02:11Z', mfaAuthenticated: 'false' } },
      },
      eventTime: Number.isNaN(row.time) ? undefined : new Date(row.time).toISOString(),
      eventSource: row.eventSource,
      eventName: row.eventName,
      awsRegion: row.region,
      sourceIPAddress: row.sourceIp,
      userAgent: row.userAgent,
      errorCode: row.errorCode || undefined,
      errorMessage: row.errorCode ? `User is not authorized to perform: ${row.eventName}` : undefined,
      requestParameters: {
        userName: 'backup-sync',
        policyDocument: JSON.stringify(policy),
        ipPermissions: {
          items: [
            { ipProtocol: 'tcp', fromPort: 443, toPort: 443, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } },
          ],
        },
      },
      responseElements: null,
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: row.account,
      eventCategory: 'Management',
    });
  }
}
