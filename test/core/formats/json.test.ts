import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collect, jsonOf } from './collect.ts';
import { event, events, numbersOf } from './events.ts';

/** Damage can rename a member. */
const hasId = (text: string): boolean => 'eventID' in (JSON.parse(text) as object);
const json = (value: unknown): string => JSON.stringify(value);
const log = (...records: unknown[]): string => json({ Records: records });

/** Every arrangement of records in plain JSON, as text and by name. */
const ARRANGEMENTS: Record<string, (records: unknown[]) => string> = {
  'a log file': (records) => log(...records),
  'a pretty-printed log file': (records) => JSON.stringify({ Records: records }, null, 2),
  'an array': json,
  'a pretty-printed array': (records) => JSON.stringify(records, null, '\t'),
  lines: (records) => records.map(json).join('\n'),
  'lines with CR LF and blank ones': (records) => records.map((record) => `${json(record)}\r\n\r\n`).join(''),
  'one after another': (records) => records.map(json).join(''),
  'log files one after another': (records) => records.map((record) => log(record)).join(''),
  'log files one a line': (records) => records.map((record) => log(record)).join('\n'),
  'an array of log files': (records) => json(records.map((record) => ({ Records: [record] }))),
  'further members around': (records) => json({ before: [{ a: 1 }], Records: records, after: { b: [{}] } }),
  'records separated as by RFC 7464': (records) => records.map((record) => `\x1e${json(record)}\n`).join(''),
  'arrays of arrays': (records) => json(records.map((record) => [record])),
};

describe.each(Object.entries(ARRANGEMENTS))('%s', (_name, arrange) => {
  test('every record as it is, whatever the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(events, fc.integer({ min: 1, max: 300 }), async (records, chunkSize) => {
        const logs = await collect(arrange(records), 'log', { chunkSize });
        expect(jsonOf(logs).map((text) => JSON.parse(text) as unknown)).toEqual(JSON.parse(json(records)));
        expect(logs).toHaveLength(1);
        expect(logs[0]!.outcome).toMatchObject({ state: 'analysed', reason: '', refusedRecords: 0 });
      }),
      { numRuns: 40 },
    );
  });

  test('cut off anywhere: every whole record, and a reason', async () => {
    const records = [event(0), event(1, '"}],{'), event(2, [{ eventName: 1 }]), event(3)];
    const text = arrange(records);
    for (let end = 1; end < text.length; end++) {
      const cut = text.slice(0, end);
      const whole = records.filter((record) =>
        cut.replace(/\s/g, '').includes(json(record).replace(/\s/g, '')),
      );
      const logs = await collect(cut, 'log', { chunkSize: 97 });
      expect(jsonOf(logs), cut.slice(-60)).toHaveLength(whole.length);
      expect(logs).toHaveLength(1);
    }
  });
});

describe('names that are not plain ASCII lead to the records all the same', () => {
  const records = [json(event(0)), json(event(1))] as const;
  test.each([
    ['in other scripts', 'événements'],
    ['with an escaped letter', '\\u0041'],
    ['with an escaped quote', 'a\\"b'],
    ['with an escaped backslash', '\\\\'],
    ['with a byte order mark', '\ufeffx'],
    // Found by chance: `Records` with these bytes in its middle, silently taken for a log without records.
    ['that are no UTF-8', new Uint8Array([123, 58, 251, 128, 228])],
  ])('%s', async (_, name) => {
    const bytes = Buffer.from(name as string);
    for (const form of [
      '{"@":[#,#]}',
      '{"@":{"@":[#,#]}}',
      '[{"@":#},{"@":#}]',
      '{"@":{"@":#}}\n{"@":{"@":#}}',
    ]) {
      const [first, ...others] = form
        .replace('#', records[0])
        .replace('#', records[1])
        .split('@')
        .map((part) => Buffer.from(part));
      const log = Buffer.concat([first!, ...others.flatMap((part) => [bytes, part])]);
      const logs = await collect(new Uint8Array(log));
      expect(jsonOf(logs), form).toEqual(records);
      expect(logs[0]!.outcome, form).toMatchObject({ state: 'analysed', reason: '', refusedRecords: 0 });
    }
  });
});

describe('damage', () => {
  test('a record behind a colon is found, unless that is the colon of a member and the record begins unlike most', async () => {
    const [one, two] = [json(event(1)), json(event(2))];
    const numbers = async (text: string): Promise<number[]> => numbersOf(jsonOf(await collect(text)));
    expect(await numbers(`# "lost :${one}\n${two}\n`)).toEqual([1, 2]);
    expect(await numbers(`# lost,"detail" : ${one}\n${two}\n`)).toEqual([1, 2]);
    const other = one.replace('{', '{"awsRegion":"eu-west-1",');
    expect(await numbers(`# lost,"detail" : ${other}\n${two}\n`)).toEqual([2]);
  });

  const damaged = async (
    text: string,
  ): Promise<{ numbers: number[]; state: string; reason: string; refused: number }> => {
    const logs = await collect(text);
    const { state, reason, refusedRecords } = logs[0]!.outcome;
    return { numbers: numbersOf(jsonOf(logs)), state, reason, refused: refusedRecords };
  };
  const [a, b, c, d] = [0, 1, 2, 3].map((number) => json(event(number, [{ eventVersion: number }]))) as [
    string,
    string,
    string,
    string,
  ];

  test.each([
    ['a missing brace', `{"Records":[${a},${b.slice(0, -1)},${c},${d}]}`],
    ['a missing quote', `{"Records":[${a},${b.replace('"eu-', 'eu-')},${c},${d}]}`],
    ['a quote too many', `{"Records":[${a},${b.replace('alice', 'al"ice')},${c},${d}]}`],
    ['a raw line break in a string', `{"Records":[${a},${b.replace('alice', 'al\nice')},${c},${d}]}`],
    ['a record without its beginning', `{"Records":[${a},${b.slice(40)},${c},${d}]}`],
    ['a record without its end', `{"Records":[${a},${b.slice(0, 90)},${c},${d}]}`],
    ['a hole across two records', `{"Records":[${a},${b.slice(0, 90)}${c.slice(120)},${d}]}`],
    ['a block of zeros', `{"Records":[${a},${b.slice(0, 30)}${'\0'.repeat(5000)}${b.slice(60)},${c},${d}]}`],
    ['junk between records', `{"Records":[${a},junk "x" {} [1],${c},${d}]}`],
    ['a number that is none', `{"Records":[${a},${b.replace(':1}', ':01}')},${c},${d}]}`],
    ['lines', [a, b.slice(0, 100), b.slice(100), c, d].join('\n')],
  ])('%s: the records before and behind it are read', async (name, text) => {
    const { numbers, state, reason, refused } = await damaged(text);
    expect(numbers).toEqual(name.includes('two') ? [0, 3] : [0, 2, 3]);
    expect(state).toBe('partial');
    // What has no beginning is not seen as a record.
    expect(refused).toBe(/junk|beginning/.test(name) ? 0 : 1);
    expect(reason).toMatch(/byte \d/);
  });

  test('the beginning is lost', async () => {
    expect(await damaged(`,"userAgent":"x"},${b},${c}]}`)).toMatchObject({
      numbers: [1, 2],
      state: 'partial',
    });
  });

  test.each(['\x1f?:$kP', '2026-10-05 host app:'])(
    '%j before a record that goes over several lines',
    async (junk) => {
      const pretty = (record: string): string => JSON.stringify(JSON.parse(record), null, 2);
      const { numbers } = await damaged(`${junk}\n${pretty(b)}\n  ]\n}\n`);
      expect(numbers).toEqual([1]);
    },
  );

  test('junk before records on one line, the first of which is damaged', async () => {
    const { numbers } = await damaged(`\x8b-Q\rPT}[x${a.replace('"eu-', 'eu-')}${b}${c}${d}`);
    expect(numbers).toEqual([1, 2, 3]);
  });

  test('a beginning that looks like a byte-order mark', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe, 0xf3, 0xe8]), Buffer.from(`${a}\n${b}\n`)]);
    expect(numbersOf(jsonOf(await collect(new Uint8Array(bytes))))).toEqual([0, 1]);
  });

  test('NUL bytes between records are left out with a note', async () => {
    const logs = await collect(`{"Records":[${a},${'\0'.repeat(10)}${b}]}${'\0'.repeat(7)}`);
    expect(numbersOf(jsonOf(logs))).toEqual([0, 1]);
    expect(logs[0]!.outcome).toMatchObject({
      state: 'analysed',
      notes: [expect.stringContaining('17 NUL bytes')],
    });
  });

  test('a record longer than 16 MB is refused, the others are read', { timeout: 60_000 }, async () => {
    const long = json(event(1, 'x'.repeat(17 * 2 ** 20)));
    const { numbers, reason } = await damaged(`{"Records":[${a},${long},${c}]}`);
    expect(numbers).toEqual([0, 2]);
    expect(reason).toContain('16 MB');
  });

  test('objects of another kind among the lines are counted', async () => {
    const { numbers, state, refused } = await damaged([a, '{"a":1}', b].join('\n'));
    expect({ numbers, state, refused }).toEqual({ numbers: [0, 1], state: 'partial', refused: 1 });
  });

  test('within an array the first record decides', async () => {
    const logs = await collect(`{"Records":[${a},{"a":1},${b}]}`);
    expect(jsonOf(logs)).toHaveLength(3);
  });

  test('any change to the text loses no record before it, and few behind it', async () => {
    const records = Array.from({ length: 12 }, (_, number) =>
      event(number, { list: [1, { name: 'a "b"' }] }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.values(ARRANGEMENTS)),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        fc.constantFrom('', '"', '{', '}', '[', ']', ',', '\\', '\n', '\0', 'x', '\ud800', '"Records":['),
        fc.nat(40),
        async (arrange, part, inserted, removed) => {
          const text = arrange(records);
          const at = Math.floor(text.length * part);
          const mutant = text.slice(0, at) + inserted + text.slice(at + removed);
          const logs = await collect(mutant);
          const numbers = numbersOf(jsonOf(logs).filter(hasId));
          const before = records.filter((_, number) => {
            const end = text.indexOf(`${String(number).padStart(12, '0')}"`);
            return end >= 0 && text.indexOf('}', end) < at;
          }).length;
          expect(numbers.slice(0, before)).toEqual(Array.from({ length: before }, (_, number) => number));
          expect(new Set(numbers).size).toBeGreaterThanOrEqual(records.length - 3);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('what is no log', () => {
  test.each([
    ['{"Records":[]}', 'CloudTrail log file'],
    ['{"Records":null}', 'CloudTrail log file'],
    ['{"Events":[]}', ''],
    ['[]', 'JSON array of records'],
    ['', 'empty file'],
    [' \r\n', 'empty file'],
    ['\ufeff', 'empty file'],
    ['{"messageType":"CONTROL_MESSAGE","logEvents":[]}', 'CloudWatch Logs control message'],
    ['{"PublicKeyList":[{"Value":"x"}]}', 'CloudTrail public keys'],
    ['{"Metadata":{"signature":"00"}}', 'object metadata with a digest signature'],
  ])('%s is accepted and holds nothing', async (text, format) => {
    const [log] = await collect(text);
    expect(log!.outcome.state).toBe('analysed');
    expect(log!.outcome.notes).toHaveLength(1);
    if (format !== '') expect(log!.outcome.format).toBe(format);
  });

  test.each([
    ['{"a":1}', /JSON of another kind/],
    ['{"Records":[{"body":"x","eventSource":"aws:sqs","awsRegion":"x","messageId":"1"}]}', /sqs event/],
    ['{"Records":[{"EventSource":"aws:sns","EventVersion":"1.0","Sns":{}}]}', /sns event/],
    ['{"configurationItems":[],"fileVersion":"1.0"}', /AWS Config/],
    ['{"schemaVersion":"2.0","service":{"serviceName":"guardduty"},"severity":5}', /GuardDuty/],
    ['{"a":1', /cut off/],
    ['nothing to see here', /text of an unknown kind/],
    ['<?xml version="1.0"?><a/>', /XML/],
    ['Events:\n- AccessKeyId: AKIA', /--output json/],
    ['\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008', /binary file/],
  ])('%s is refused by name', async (text, reason) => {
    const [log] = await collect(text);
    expect(log!.outcome.state).toBe('refused');
    expect(log!.outcome.reason).toMatch(reason);
    expect(log!.records).toEqual([]);
  });
});
