import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../src/core/bytes/index.ts';
import { textOf, unwrap } from '../../../src/core/formats/index.ts';
import { cellsOf, rowEnd } from '../../../src/core/formats/csv/rows.ts';
import { collect, jsonOf, type CollectedLog } from './collect.ts';
import { event } from './events.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

const HEADER =
  'User name,AWS access key,Event time,Event source,Event name,AWS region,Source IP address,User agent,Error code,' +
  'Resources,Request ID,Event ID,Read-only,Event type,Recipient Account Id,Event category';
const row = (
  id: number,
  change: Partial<Record<'time' | 'agent' | 'account' | 'resources' | 'key', string>> = {},
): string =>
  [
    'alice',
    change.key ?? 'AKIAIOSFODNN7EXAMPLE',
    change.time ?? '2024-08-18T11:48:43Z',
    's3.amazonaws.com',
    'ListBuckets',
    'eu-west-1',
    '192.0.2.1',
    change.agent ?? 'aws-cli/2',
    '',
    change.resources ?? '[]',
    'R1',
    `id-${id}`,
    'false',
    'AwsApiCall',
    change.account ?? '123456789012',
    'Management',
  ].join(',');

async function recordsOf(text: string): Promise<{ records: Record<string, unknown>[]; log: CollectedLog }> {
  const [log] = await collect(text, 'event_history.csv');
  return { records: log!.records.map((each) => JSON.parse(each.json) as Record<string, unknown>), log: log! };
}

describe('rows', () => {
  const cell = fc.option(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ';', 'ü') }));

  test('what is written by RFC 4180 is read back', () => {
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1 }), (rows) => {
        const text = bytes(
          rows.map((cells) => cells.map((each) => (each === null ? '' : quote(each))).join(',')).join('\r\n'),
        );
        const read: unknown[] = [];
        for (let at = 0; at < text.length;) {
          const end = rowEnd(text, at, text.length, ',', true);
          read.push(cellsOf(text.subarray(at, end), ','));
          at = end;
        }
        expect(read).toEqual(rows);
      }),
    );
  });

  test('no bytes make the cells endless', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ',', 'a', '\n') }), (text) => {
        expect(cellsOf(bytes(text), ',').length).toBeLessThanOrEqual(text.length + 1);
      }),
    );
  });
});

describe("the console's event history", () => {
  test('every column finds its place', async () => {
    const resources = quote(
      '[{"resourceType":"AWS::S3::Bucket","resourceName":"b"},{"resourceType":"T","resourceName":"arn:aws:x"}]',
    );
    const { records, log } = await recordsOf(`${HEADER}\r\n${row(1, { resources })}`);
    expect(records).toEqual([
      {
        userIdentity: { userName: 'alice', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
        eventTime: '2024-08-18T11:48:43Z',
        eventSource: 's3.amazonaws.com',
        eventName: 'ListBuckets',
        awsRegion: 'eu-west-1',
        sourceIPAddress: '192.0.2.1',
        userAgent: 'aws-cli/2',
        resources: [
          { type: 'AWS::S3::Bucket', resourceName: 'b' },
          { type: 'T', ARN: 'arn:aws:x' },
        ],
        requestID: 'R1',
        eventID: 'id-1',
        readOnly: false,
        eventType: 'AwsApiCall',
        recipientAccountId: '123456789012',
        eventCategory: 'Management',
      },
    ]);
    expect(log.outcome).toMatchObject({ state: 'analysed', format: 'CloudTrail event history (CSV)' });
  });

  test.each([
    [
      'semicolons and a byte-order mark',
      `\ufeff${HEADER.replaceAll(',', ';')}\n${row(1).replaceAll(',', ';')}`,
    ],
    ['tabs', `${HEADER.replaceAll(',', '\t')}\n${row(1).replaceAll(',', '\t')}`],
    [
      'upper case and other order',
      `EVENT ID,EVENT NAME,EVENT TIME,X\nid-1,ListBuckets,2024-08-18T11:48:43Z,x`,
    ],
  ])('%s', async (_name, text) => {
    const { records } = await recordsOf(text);
    expect(records[0]).toMatchObject({
      eventID: 'id-1',
      eventName: 'ListBuckets',
      eventTime: '2024-08-18T11:48:43Z',
    });
  });

  test.each([
    [
      'an ARN in the row',
      { resources: quote('[{"resourceName":"arn:aws:iam::528758123456:role/x"}]') },
      '528758123456',
    ],
    ['the access key', { key: 'ASIATFQR7NSC7E2ZIBM2', account: '2.18007E+11' }, '218007301253'],
    ['nothing near', {}, '5.28758E+11'],
  ])('an account cut short by a spreadsheet, with %s', async (_name, change, account) => {
    const { records, log } = await recordsOf(`${HEADER}\n${row(1, { account: '5.28758E+11', ...change })}`);
    expect(records[0]!['recipientAccountId']).toBe(account);
    expect(log.outcome.notes.join(' ')).toContain('spreadsheet');
  });

  test('times rewritten by a spreadsheet', async () => {
    const times = ['08/18/2024 11:48', '18/08/2024 11:48', '8/18/2024 1:05:09 PM'];
    const { records, log } = await recordsOf(
      [HEADER, ...times.map((time, id) => row(id, { time }))].join('\n'),
    );
    expect(records.map((record) => record['eventTime'])).toEqual([
      '2024-08-18T11:48:00Z',
      '2024-08-18T11:48:00Z',
      '2024-08-18T13:05:09Z',
    ]);
    expect(log.outcome.notes.join(' ')).toContain('rewrote times');
  });

  test('files put after one another repeat their header', async () => {
    const { records } = await recordsOf([HEADER, row(1), HEADER, row(2), ''].join('\r\n'));
    expect(records.map((record) => record['eventID'])).toEqual(['id-1', 'id-2']);
  });

  test.each([
    ['a row cut off', [HEADER, row(1), row(2).slice(0, 50)], ['id-1']],
    ['a row too long', [HEADER, `${row(1)},x`, row(2)], ['id-2']],
    [
      'a quote that does not end',
      [HEADER, row(1), row(2, { agent: '"x' }), row(3), row(4)],
      ['id-1', 'id-3', 'id-4'],
    ],
    [
      'a missing quote before a row that has some',
      [HEADER, row(1), row(2, { agent: '"x' }), row(3, { agent: '"y"' }), row(4)],
      ['id-1', 'id-3', 'id-4'],
    ],
    [
      'a quote that makes one row of two, of as many cells',
      ['eventID,eventName,eventSource,eventTime,userAgent', 'x,y,"', 'id-1,a,b,2024-01-02T03:04:05Z,",c,d"'],
      ['id-1'],
    ],
    ['a quote in a cell', [HEADER, row(1, { agent: 'Mozilla "x" 5"' }), row(2)], ['id-1', 'id-2']],
  ])('%s', async (name, lines, ids) => {
    const { records, log } = await recordsOf(lines.join('\r\n'));
    expect(records.map((record) => record['eventID'])).toEqual(ids);
    if (name !== 'a quote in a cell') {
      expect(log.outcome).toMatchObject({ state: 'partial', refusedRecords: 1 });
      expect(log.outcome.reason).toMatch(/byte \d/);
    }
  });
});

describe('tables of other services', () => {
  test('a CloudTrail Lake comment with line breaks, commas and quotes', async () => {
    const text = `# Execution Time: 2024-01-01T00:00:00Z Query Statement: SELECT eventName,\n"eventTime", x\nFROM y\neventID,eventName,eventTime\r\na,b,2022-05-19 21:51:39.250\r\n`;
    const { records, log } = await recordsOf(text);
    expect(records).toEqual([{ eventID: 'a', eventName: 'b', eventTime: '2022-05-19T21:51:39.25Z' }]);
    expect(log.outcome.format).toBe('CloudTrail Lake query results (CSV)');
  });

  test("Microsoft Sentinel's columns", async () => {
    const { records } = await recordsOf(
      'TimeGenerated,EventName,EventSource,UserIdentityArn,SessionIssuerUserName,RequestParameters,AwsEventId\n' +
        `2024-01-02T03:04:05Z,GetObject,s3.amazonaws.com,arn:aws:x,role,"{""bucketName"":""b""}",id\n`,
    );
    expect(records).toEqual([
      {
        eventTime: '2024-01-02T03:04:05Z',
        eventName: 'GetObject',
        eventSource: 's3.amazonaws.com',
        userIdentity: { arn: 'arn:aws:x', sessionContext: { sessionIssuer: { userName: 'role' } } },
        requestParameters: { bucketName: 'b' },
        eventID: 'id',
      },
    ]);
  });

  test('dotted names, of Logs Insights and Splunk', async () => {
    const { records } = await recordsOf(
      'eventTime,eventName,eventSource,userIdentity.type,requestParameters.bucketName\n2024-01-02 03:04:05.000,a,b,Root,c',
    );
    expect(records).toEqual([
      {
        eventTime: '2024-01-02T03:04:05Z',
        eventName: 'a',
        eventSource: 'b',
        userIdentity: { type: 'Root' },
        requestParameters: { bucketName: 'c' },
      },
    ]);
  });

  test("Kibana's names", async () => {
    const { records } = await recordsOf(
      '@timestamp,event.action,event.provider,event.id,source.address,user.name,aws.cloudtrail.error_code\n' +
        '2024-01-02T03:04:05.000Z,a,b.amazonaws.com,id,192.0.2.1,alice,-\n',
    );
    expect(records).toEqual([
      {
        userIdentity: { userName: 'alice' },
        eventTime: '2024-01-02T03:04:05Z',
        eventSource: 'b.amazonaws.com',
        eventName: 'a',
        sourceIPAddress: '192.0.2.1',
        eventID: 'id',
      },
    ]);
  });

  test('a whole record that is damaged, in lines', async () => {
    const file = `@timestamp,@message\nx,${quote('{"eventVersion":"1.08",\n"eventName":"a\nb"}')}\nx,${quote(JSON.stringify(event(1)))}`;
    const [log] = await collect(file, 'x.csv');
    expect(jsonOf([log!])).toEqual([JSON.stringify(event(1))]);
    expect(log!.outcome).toMatchObject({ state: 'partial', refusedRecords: 1 });
  });

  test('a table of something else is refused', async () => {
    const [log] = await collect('name,value\na,1\n', 'x.csv');
    expect(log!.outcome.state).toBe('refused');
  });
});

test('whole records in a column, whatever the chunks, and every row again from its span', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 1, maxLength: 6 }),
      fc.nat(200),
      async (parameters, size) => {
        const events = parameters.map((parameter, id) => JSON.stringify(event(id, parameter)));
        const file = bytes(`@timestamp,@message\n${events.map((json) => `x,${quote(json)}`).join('\n')}`);
        const [log] = await collect(file, 'x.csv', { chunkSize: size + 1 });
        expect(jsonOf([log!])).toEqual(events);
        const chunks: Uint8Array[] = [];
        for await (const { bytes } of textOf(memorySource(file))) chunks.push(bytes.slice());
        const text = Buffer.concat(chunks);
        for (const { json, offset, length } of log!.records) {
          const span = new Uint8Array(text.subarray(offset, offset + length));
          expect(new TextDecoder().decode(unwrap(log!.outcome.formatId, span))).toBe(json);
        }
      },
    ),
    { numRuns: 30 },
  );
});
