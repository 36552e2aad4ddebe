import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../src/core/bytes/index.ts';
import { textOf, unwrap } from '../../../src/core/formats/index.ts';
import { collect, jsonOf, type CollectedLog } from './collect.ts';
import { event, events, type TestRecord } from './events.ts';

const json = (value: unknown): string => JSON.stringify(value);
const base64 = (text: string, compressed: boolean): string =>
  (compressed ? gzipSync(text) : Buffer.from(text)).toString('base64');

/** A subscription payload; more than one record goes into one. */
const subscription = (records: readonly unknown[]): string =>
  json({
    messageType: 'DATA_MESSAGE',
    owner: '123456789012',
    logStream: '123456789012_CloudTrail_eu-west-1',
    logEvents: records.map((record, id) => ({ id: String(id), timestamp: 1, message: json(record) })),
  });

const lookup = (record: TestRecord): unknown => ({
  EventId: record.eventID,
  EventName: record.eventName,
  EventTime: 1424476529.0,
  Resources: [],
  CloudTrailEvent: json(record),
});

const eventBridge = (record: TestRecord): unknown => ({
  account: '123456789012',
  detail: record,
  'detail-type': 'AWS API Call via CloudTrail',
  version: '0',
});

/** Wrappings that keep the record whole, as a file of several records. */
const WRAPPINGS: Record<string, (records: TestRecord[]) => string> = {
  'lookup-events': (records) => JSON.stringify({ Events: records.map(lookup), NextToken: 'x' }, null, 4),
  'lookup-events, token first': (records) => json({ NextToken: 'x', Events: records.map(lookup) }),
  'lookup-events pages one after another': (records) =>
    records.map((record) => JSON.stringify({ Events: [lookup(record)] }, null, 2)).join('\n'),
  'lookup-events lines': (records) => records.map((record) => json(lookup(record))).join('\n'),
  'lookup-events array': (records) => json(records.map(lookup)),
  'EventBridge lines': (records) => records.map((record) => json(eventBridge(record))).join('\n'),
  'EventBridge array': (records) => json(records.map(eventBridge)),
  'CloudWatch subscription': subscription,
  'CloudWatch subscriptions through Firehose': (records) =>
    records.map((record) => subscription([record])).join('') +
    '{"messageType":"CONTROL_MESSAGE","logEvents":[]}',
  'Lambda event': (records) => json({ awslogs: { data: base64(subscription(records), true) } }),
  'Lambda event of Kinesis': (records) =>
    json({
      Records: records.map((record) => ({
        kinesis: { partitionKey: 'x', data: base64(subscription([record]), true) },
        eventSource: 'aws:kinesis',
        eventVersion: '1.0',
      })),
    }),
  'Lambda event of Kinesis, not compressed': (records) =>
    json({ Records: records.map((record) => ({ kinesis: { data: base64(json(record), false) } })) }),
  'Firehose transformation event': (records) =>
    json({
      invocationId: 'x',
      records: records.map((record) => ({ recordId: '1', data: base64(json(record), true) })),
    }),
  'base64 of a payload': (records) => base64(subscription(records), true),
  'SQS messages of EventBridge': (records) =>
    json({
      Records: records.map((record) => ({
        messageId: '1',
        body: json(eventBridge(record)),
        eventSource: 'aws:sqs',
        awsRegion: 'eu-west-1',
      })),
    }),
  'SNS in SQS': (records) =>
    records.map((record) => json({ Type: 'Notification', Message: json(eventBridge(record)) })).join('\n'),
  'filter-log-events': (records) =>
    json({
      events: records.map((record) => ({
        logStreamName: 's',
        timestamp: 1,
        message: json(record),
        eventId: '3',
      })),
      searchedLogStreams: [],
    }),
  'Logs Insights answer': (records) =>
    json({
      results: records.map((record) => [
        { field: '@timestamp', value: '2024-01-02 03:04:05.000' },
        { field: '@message', value: json(record) },
      ]),
      status: 'Complete',
    }),
  'Lake answer with eventJson': (records) =>
    json({
      QueryStatus: 'FINISHED',
      QueryResultRows: records.map((record) => [{ eventJson: json(record) }]),
    }),
  'Elasticsearch answer': (records) =>
    json({
      took: 1,
      hits: {
        total: { value: 1 },
        hits: records.map((record) => ({ _source: { event: { original: json(record) } } })),
      },
    }),
  'elasticdump lines': (records) =>
    records
      .map((record) => json({ _index: 'x', _source: { '@timestamp': 'x', message: json(record) } }))
      .join('\n'),
  'Splunk lines': (records) =>
    records.map((record) => json({ preview: false, result: { _raw: json(record), _time: 'x' } })).join('\n'),
  'Splunk results': (records) => json({ results: records.map((record) => ({ _raw: json(record) })) }),
  'strings, one a line': (records) => records.map((record) => json(json(record))).join('\n'),
  'an array of strings': (records) => json(records.map((record) => json(record))),
  'something unknown around each': (records) =>
    json(records.map((record) => ({ a: 1, b: { c: { payload: record } } }))),
  'something unknown around all': (records) => json({ meta: {}, data: { items: records } }),
  'an export of log lines': (records) =>
    records.map((record) => `2024-01-02T03:04:05.000Z ${json(record)}\n`).join(''),
  'an export with milliseconds': (records) =>
    records.map((record) => `1704164645000 ${json(record)}\n`).join(''),
  'syslog lines': (records) =>
    records.map((record) => `Jan  2 03:04:05 host trail: ${json(record)}`).join('\r\n'),
};

async function reread(log: CollectedLog, file: Uint8Array): Promise<string[]> {
  const chunks: Uint8Array[] = [];
  for await (const { bytes } of textOf(memorySource(file))) chunks.push(bytes.slice());
  const text = Buffer.concat(chunks);
  return log.records.map(({ offset, length }) =>
    Buffer.from(
      unwrap(log.outcome.formatId, new Uint8Array(text.subarray(offset, offset + length))),
    ).toString(),
  );
}

describe.each(Object.entries(WRAPPINGS))('%s', (_name, wrap) => {
  test('every record whole, whatever the chunks, and again from its span', async () => {
    await fc.assert(
      fc.asyncProperty(
        events.filter((records) => records.length > 0),
        fc.integer({ min: 1, max: 500 }),
        async (records, chunkSize) => {
          const file = new TextEncoder().encode(wrap(records));
          const logs = await collect(file, 'log', { chunkSize });
          expect(logs).toHaveLength(1);
          expect(logs[0]!.outcome).toMatchObject({ state: 'analysed', refusedRecords: 0, reason: '' });
          expect(jsonOf(logs).map((text) => JSON.parse(text) as unknown)).toEqual(JSON.parse(json(records)));
          expect(await reread(logs[0]!, file)).toEqual(jsonOf(logs));
        },
      ),
      { numRuns: 12 },
    );
  });

  test('cut off: no record before the cut is lost', async () => {
    const text = wrap([0, 1, 2, 3].map((number) => event(number)));
    for (const part of [0.3, 0.6, 0.9]) {
      const end = Math.floor(text.length * part);
      const logs = await collect(text.slice(0, end), 'log');
      const compressed = /H4sI/.test(text);
      if (!compressed || text.includes('kinesis')) {
        expect(jsonOf(logs).length).toBeGreaterThanOrEqual(Math.floor(part * 4 - 0.4));
      }
      expect(logs[0]!.outcome.state).not.toBe('analysed');
    }
  });
});

test('numbers beyond 2^53 and duplicate members stay as they are written', async () => {
  const record = '{"eventName":"a","eventSource":"b","eventTime":"c","id":12345678901234567890,"id":1.50}';
  for (const text of [
    `{"detail-type":"x","detail":${record}}`,
    `[{"a":{"b":${record}}}]`,
    json({ CloudTrailEvent: record, EventId: 'x' }),
  ]) {
    expect(jsonOf(await collect(text))).toEqual([record]);
  }
});

test('messages of other log groups are counted, not taken', async () => {
  const mixed = json({
    messageType: 'DATA_MESSAGE',
    logEvents: [{ message: json(event(1)) }, { message: 'START RequestId' }, { message: json(event(2)) }],
  });
  const logs = await collect(mixed);
  expect(jsonOf(logs)).toHaveLength(2);
  expect(logs[0]!.outcome).toMatchObject({ state: 'partial', refusedRecords: 1 });
});

test('forms of different kinds in one file', async () => {
  const [a, b, c, d] = [0, 1, 2, 3].map((number) => event(number)) as [
    TestRecord,
    TestRecord,
    TestRecord,
    TestRecord,
  ];
  const file = new TextEncoder().encode(
    [json({ Records: [a] }), json(lookup(b)), json(c), json(eventBridge(d))].join('\n'),
  );
  const logs = await collect(file);
  expect(jsonOf(logs)).toEqual([a, b, c, d].map(json));
  expect(await reread(logs[0]!, file)).toEqual(jsonOf(logs));
});

test('a damaged base64 payload is told', async () => {
  const whole = base64(json(event(0)), true);
  const text = json({
    records: [
      { recordId: '1', data: whole },
      { recordId: '2', data: `${whole.slice(0, 40)}=A` },
    ],
  });
  const logs = await collect(text);
  expect(jsonOf(logs)).toEqual([json(event(0))]);
  expect(logs[0]!.outcome.state).toBe('partial');
});
