/** Random CloudTrail-like records, ordinary and hostile, for property tests. */
import fc from 'fast-check';
import { COLUMN_PATHS } from '../../../src/core/record/columns.ts';

const name = fc.constantFrom(
  'CreateUser',
  'ConsoleLogin',
  'StopLogging',
  'AttachRolePolicy',
  'DescribeInstances',
);
const source = fc.constantFrom(
  'iam.amazonaws.com',
  's3.amazonaws.com',
  'signin.amazonaws.com',
  'ec2.amazonaws.com',
);
const word = fc.constantFrom(
  'Root',
  'IAMUser',
  'AssumedRole',
  'AccessDenied',
  'alice',
  'Admin',
  'us-east-1',
  '203.0.113.9',
  'true',
  '22',
  '2026-10-05',
);

/** A value where a plain one is expected. */
const plain = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 2, arbitrary: fc.string() },
  fc.boolean(),
  fc.integer(),
  fc.constant(null),
);

/** A value of the wrong kind. */
const odd = fc.oneof(
  fc.array(plain, { maxLength: 3 }),
  fc.record({ x: plain }),
  // Each its own: `put` fills them.
  fc.constant(null).map(() => ({})),
  fc.array(fc.record({ type: plain, arn: plain }), { maxLength: 2 }),
);

const value = fc.oneof({ weight: 9, arbitrary: plain }, { weight: 1, arbitrary: odd });

const time = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .integer({ min: 1_600_000_000, max: 1_800_000_000 })
      .map((s) => new Date(s * 1000).toISOString().replace('.000', '')),
  },
  fc.constantFrom('2026-10-05 12:00:00', 'redacted', 1_700_000_000, null, ['2026-10-05T00:00:00Z'], {}),
);

function put(record: Record<string, unknown>, path: string, what: unknown): void {
  const steps = path.split('.');
  let at = record;
  for (const step of steps.slice(0, -1)) {
    const next = at[step];
    at = (
      typeof next === 'object' && next !== null && !Array.isArray(next) ? next : (at[step] = {})
    ) as Record<string, unknown>;
  }
  at[steps[steps.length - 1]!] = what;
}

/** An object with some of the watched paths, some others, and now and then something odd. */
export const anyRecordObject: fc.Arbitrary<Record<string, unknown>> = fc
  .record({
    eventName: fc.option(name, { nil: undefined }),
    eventSource: fc.option(source, { nil: undefined }),
    eventTime: fc.option(time, { nil: undefined }),
    eventID: fc.option(fc.oneof(fc.uuid(), fc.string(), value), { nil: undefined }),
    watched: fc.array(fc.tuple(fc.constantFrom(...COLUMN_PATHS), value), { maxLength: 8 }),
    others: fc.array(
      fc.tuple(
        fc.constantFrom(
          'requestParameters.userName',
          'requestParameters.groupName',
          'responseElements.x',
          'foo',
          'foo.bar',
          'additionalEventData.y',
        ),
        value,
      ),
      { maxLength: 4 },
    ),
    dotted: fc.option(
      fc.tuple(
        fc.constantFrom('userIdentity.type', 'eventName.keyword', 'a.b', 'requestParameters.userName'),
        plain,
      ),
      { nil: undefined, freq: 6 },
    ),
    parent: fc.option(
      fc.tuple(
        fc.constantFrom('userIdentity', 'additionalEventData', 'responseElements', 'requestParameters'),
        odd,
      ),
      { nil: undefined, freq: 6 },
    ),
  })
  .map(({ eventName, eventSource, eventTime, eventID, watched, others, dotted, parent }) => {
    const record: Record<string, unknown> = {};
    for (const [path, what] of [...watched, ...others]) put(record, path, what);
    if (eventName !== undefined) record['eventName'] = eventName;
    if (eventSource !== undefined) record['eventSource'] = eventSource;
    if (eventTime !== undefined) record['eventTime'] = eventTime;
    if (eventID !== undefined) record['eventID'] = eventID;
    if (parent) record[parent[0]] = parent[1];
    if (dotted) record[dotted[0]] = dotted[1];
    return record;
  });

/** A record as text, in one of several layouts, sometimes with a key twice, and what JSON.parse makes of it. */
export const anyRecord = fc
  .tuple(
    anyRecordObject,
    fc.constantFrom(undefined, 1, '\t'),
    fc.option(fc.tuple(fc.constantFrom('eventName', 'userIdentity'), value), { nil: undefined, freq: 8 }),
  )
  .map(([object, indent, again]) => {
    let text = JSON.stringify(object, null, indent);
    if (again && text !== '{}')
      text = `${text.slice(0, -1)},${JSON.stringify(again[0])}:${JSON.stringify(again[1])}}`;
    return { text, record: JSON.parse(text) as Record<string, unknown> };
  });
