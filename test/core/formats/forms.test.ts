/** What people have in their hands beside clean logs: each form is read, or named with what to do about it. */
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { unwrap } from '../../../src/core/formats/index.ts';
import { collect } from './collect.ts';
import { event } from './events.ts';

const json = JSON.stringify;
const message = (text: string): unknown => ({ id: '1', timestamp: 1_689_000_000_000, message: text });
const subscription = (...texts: string[]): string =>
  json({ messageType: 'DATA_MESSAGE', logGroup: 'g', logStream: 's', logEvents: texts.map(message) });
const bridge = (detail: unknown): unknown => ({
  version: '0',
  'detail-type': 'AWS API Call via CloudTrail',
  detail,
});

/** Form, text, records in it, and what is said of it. */
const READ: [form: string, text: string, records: number, format: string, note?: RegExp][] = [
  ['an array of EventBridge events', json([bridge(event(1)), bridge(event(2))]), 2, 'EventBridge events'],
  [
    'an Insights event of EventBridge',
    json({
      'detail-type': 'AWS Insight via CloudTrail',
      detail: { eventType: 'AwsCloudTrailInsight', insightDetails: {} },
    }),
    1,
    'EventBridge events',
  ],
  [
    'SQS with an EventBridge event',
    json({ Records: [{ eventSource: 'aws:sqs', body: json(bridge(event(1))) }] }),
    1,
    'JSON with CloudTrail records inside',
  ],
  [
    'a Kinesis record',
    json({ Records: [{ kinesis: { data: gzipSync(subscription(json(event(1)))).toString('base64') } }] }),
    1,
    'CloudWatch Logs subscription',
    /base64/,
  ],
  [
    'lookup-events pages one after another',
    [1, 2]
      .map((n) => json({ Events: [{ EventId: 'x', CloudTrailEvent: json(event(n)) }], NextToken: 't' }))
      .join('\n'),
    2,
    'lookup-events answer (AWS CLI)',
  ],
  [
    'a subscription with messages of other logs',
    subscription(json(event(1)), 'START RequestId: 1', '{"level":"info"}'),
    1,
    'CloudWatch Logs subscription',
    /^2 messages were passed over \(no CloudTrail records\)/,
  ],
  [
    'get-log-events',
    json({ events: [{ timestamp: 1, message: json(event(1)), ingestionTime: 2 }], nextForwardToken: 'f' }),
    1,
    'CloudWatch Logs events (AWS CLI)',
  ],
  [
    'Splunk rows, one of a preview',
    [
      { preview: true, result: { _raw: json(event(1)) } },
      { preview: false, result: { _raw: json(event(1)) } },
      { preview: true, result: { _raw: json(event(2)) } },
      { preview: false, result: { _raw: json(event(2)) } },
    ]
      .map((row) => json(row))
      .join('\n'),
    2,
    'Splunk export',
    /^2 previews were passed over \(the results follow\)/,
  ],
  [
    'columns of Logs Insights',
    '@timestamp,eventName,userIdentity.arn\n2023-07-10 11:42:36.000,ListBuckets,arn:aws:iam::123456789012:user/a\n',
    1,
    'Logs Insights results (CSV)',
    /put together from single columns/,
  ],
  [
    'a Kibana export',
    '"@timestamp","event.action","event.provider","user.name"\n"Jul 10, 2023 @ 11:42:36.000","ListBuckets","s3.amazonaws.com","-"\n',
    1,
    'Kibana export (CSV)',
    /in the zone of its user/,
  ],
  [
    'keys in lower case',
    json({
      eventname: 'ListBuckets',
      eventsource: 's3.amazonaws.com',
      eventtime: '2023-07-10T11:42:36Z',
      useridentity: { type: 'IAMUser', accesskeyid: 'AKIAEXAMPLE' },
      requestparameters: { username: 'b' },
    }),
    1,
    'records with keys in other letters',
    /spelling of AWS/,
  ],
  [
    'Lake with a query over several lines',
    `# Execution Time: 2022-08-08T21:51:51Z Query Statement: SELECT "eventID",\n eventName FROM x\r\neventID,eventName,eventTime\r\na,ListBuckets,2022-05-19 21:51:39.000\r\n`,
    1,
    'CloudTrail Lake query results (CSV)',
  ],
];

test.each(READ)('%s: read', async (_, text, records, format, note) => {
  const [log, ...others] = await collect(Buffer.from(text), 'given');
  expect(others).toEqual([]);
  expect(log!.outcome).toMatchObject({ state: 'analysed', format, refusedRecords: 0 });
  expect(log!.records).toHaveLength(records);
  if (note !== undefined) expect(log!.outcome.notes.join('\n')).toMatch(new RegExp(note, 'm'));
  for (const { json: record, offset, length } of log!.records) {
    if (/base64/.test(log!.outcome.notes.join())) continue;
    const bytes = Buffer.from(text).subarray(offset, offset + length);
    expect(JSON.parse(new TextDecoder().decode(unwrap(log!.outcome.formatId, bytes)))).toEqual(
      JSON.parse(record),
    );
  }
});

test('keys in lower case come back as AWS spells them, but those of the caller', async () => {
  const [log] = await collect(Buffer.from(READ.find(([form]) => form === 'keys in lower case')![1]), 'given');
  expect(JSON.parse(log!.records[0]!.json)).toEqual({
    eventName: 'ListBuckets',
    eventSource: 's3.amazonaws.com',
    eventTime: '2023-07-10T11:42:36Z',
    userIdentity: { type: 'IAMUser', accessKeyId: 'AKIAEXAMPLE' },
    requestParameters: { username: 'b' },
  });
});

test('a time of the event goes before the time at which a log wrote it down', async () => {
  const text =
    '@timestamp,eventTime,eventName,eventSource\n2023-07-10 11:45:00.000,2023-07-10T11:42:36Z,A,b.amazonaws.com\n';
  const [log] = await collect(Buffer.from(text), 'given');
  expect(JSON.parse(log!.records[0]!.json)).toMatchObject({ eventTime: '2023-07-10T11:42:36Z' });
});

const CLI = /--output json/;
const REFUSED: [form: string, text: string, reason: RegExp][] = [
  ['lookup-events as text', `EVENTS\tAKIA\t${json(event(1))}\t4bd2\tListBuckets\n`, CLI],
  ['lookup-events as YAML', `Events:\n- AccessKeyId: A\n  CloudTrailEvent: '${json(event(1))}'\n`, CLI],
  ['lookup-events as a table', '-------\n|  LookupEvents  |\n+------+\n', CLI],
  [
    'Lake results of a count',
    '# Execution Time: 2022-08-08T21:51:51Z Query Statement: SELECT count(*)\r\n_col0\r\n12\r\n',
    /Select eventJson/,
  ],
  [
    'CloudWatch Logs of something else',
    subscription('START RequestId: 1'),
    /CloudWatch Logs of another log group/,
  ],
  ['a preview alone', json({ preview: true, result: { _raw: json(event(1)) } }), /when the search has ended/],
  [
    'a program that speaks of events',
    `"""Looks at "eventName" and "eventSource"."""\nKEYS = ["eventVersion"]\n`,
    /^This is not a CloudTrail log; it looks like: text/,
  ],
  ['XML of Splunk', '<?xml version="1.0"?>\n<results/>', /as JSON or CSV/],
];

test.each(REFUSED)('%s: refused, with what to do', async (_, text, reason) => {
  const [log, ...others] = await collect(Buffer.from(text), 'given');
  expect(others).toEqual([]);
  expect(log!.records).toEqual([]);
  expect(log!.outcome.state).toBe('refused');
  expect(log!.outcome.reason).toMatch(reason);
});

test('a message cut short is a refused record, not one of another log', async () => {
  const [log] = await collect(
    Buffer.from(subscription(json(event(1)), json(event(2)).slice(0, 60))),
    'given',
  );
  expect(log!.records).toHaveLength(1);
  expect(log!.outcome).toMatchObject({ state: 'partial', refusedRecords: 1 });
});
