import { wasm } from 'virtual:scanner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BROKEN, INCOMPLETE } from '../../../src/core/formats/sink.ts';
import { ABSENT, COLUMN_PATHS, FIRST_VALUE, OPEN, columnIndex } from '../../../src/core/record/columns.ts';
import { flatten } from '../../../src/core/record/flatten.ts';
import { loadEngine, RecordScanner } from '../../../src/core/scan/index.ts';
import { ParsingEngine } from '../../../src/core/scan/parsing-engine.ts';
import { WasmEngine } from '../../../src/core/scan/wasm-engine.ts';
import { FLAG } from '../../../src/core/table/block.ts';
import { anyRecord } from '../record/arbitrary.ts';

const encoder = new TextEncoder();

const ENGINES = [
  { name: 'WebAssembly', make: () => loadEngine(wasm, 1 << 22) },
  { name: 'JSON.parse', make: () => new ParsingEngine(1 << 22) },
];

it('runs as WebAssembly where there is some, and parses where there is none', () => {
  expect(loadEngine(wasm)).toBeInstanceOf(WasmEngine);
  expect(loadEngine('AAAA')).toBeInstanceOf(ParsingEngine);
});

describe.each(ENGINES)('RecordScanner by $name', ({ name, make }) => {
  const fresh = (): RecordScanner => new RecordScanner(make());

  /** Scans one record into row 0. */
  function scan(text: string, scanner = fresh()): RecordScanner {
    const bytes = encoder.encode(text);
    expect(scanner.scan(bytes, 0, bytes.length, 0)).toBe(bytes.length);
    return scanner;
  }

  /** The value that the scanner found for a path: undefined = absent, 'OPEN' = look at the record. */
  function found({ engine }: RecordScanner, path: string): unknown {
    const column = columnIndex(path);
    const code = engine.rows.columns[column]![0]!;
    if (code === ABSENT) return undefined;
    return code === OPEN ? 'OPEN' : engine.values[column]![code - FIRST_VALUE];
  }

  const flagsOf = ({ engine }: RecordScanner): number => engine.rows.flags[0]!;
  const timeOf = ({ engine }: RecordScanner): number => engine.rows.time[0]!;

  it('agrees with the flattened record on every column, or leaves it open', () => {
    const scanner = fresh();
    fc.assert(
      fc.property(anyRecord, ({ text, record }) => {
        scan(text, scanner);
        const flat = flatten(record);
        for (const path of COLUMN_PATHS) {
          const value = found(scanner, path);
          if (value === 'OPEN') continue;
          expect({ path, values: flat.get(path) ?? [] }).toEqual({
            path,
            values: value === undefined ? [] : [value],
          });
          expect([...flat.keys()].filter((key) => key.startsWith(`${path}.`))).toEqual([]);
        }
        const time = flat.get('eventTime');
        if (flagsOf(scanner) & FLAG.TIME_CANONICAL) {
          expect(time).toEqual([new Date(timeOf(scanner)).toISOString().replace('.000', '')]);
        }
        if ((flagsOf(scanner) & (FLAG.TIME_ABSENT | FLAG.PARSED)) === FLAG.TIME_ABSENT)
          expect(time).toBeUndefined();
        for (const key of flat.keys()) expect(scanner.engine.topLevelKeys()).toContain(key.split('.')[0]);
      }),
      { numRuns: 500 },
    );
  }, 60_000);

  it('leaves nothing open in a record as AWS writes it', () => {
    const scanner = scan(
      JSON.stringify({
        eventVersion: '1.08',
        userIdentity: {
          type: 'AssumedRole',
          arn: 'arn:aws:sts::111122223333:assumed-role/Admin/alice',
          sessionContext: { sessionIssuer: { userName: 'Admin' }, attributes: { mfaAuthenticated: 'false' } },
        },
        eventTime: '2026-10-05T12:00:00Z',
        eventSource: 'iam.amazonaws.com',
        eventName: 'CreateUser',
        errorCode: null,
        readOnly: false,
        requestParameters: { userName: 'bob' },
        responseElements: null,
        additionalEventData: { MFAUsed: 'No' },
        eventID: '4bd2a6f6-dddc-49e6-ba7d-08f73e809e64',
      }),
    );
    expect(scanner.engine.rows.columns.map((codes) => codes[0])).not.toContain(OPEN);
    expect(found(scanner, 'eventName')).toBe('CreateUser');
    expect(found(scanner, 'errorCode')).toBeUndefined();
    expect(found(scanner, 'readOnly')).toBe(false);
    expect(found(scanner, 'userIdentity.sessionContext.attributes.mfaAuthenticated')).toBe('false');
    expect(found(scanner, 'userIdentity.sessionContext.sessionIssuer.userName')).toBe('Admin');
    const own = name === 'JSON.parse' ? FLAG.PARSED : FLAG.TIME_CANONICAL | FLAG.ID_UUID;
    expect(flagsOf(scanner)).toBe(own | FLAG.HAS_REQUEST);
    expect(timeOf(scanner)).toBe(Date.UTC(2026, 9, 5, 12));
    if (name === 'JSON.parse') expect(scanner.engine.oddId).toBe('4bd2a6f6-dddc-49e6-ba7d-08f73e809e64');
    else
      expect(Buffer.from(scanner.engine.rows.eventId.subarray(0, 16)).toString('hex')).toBe(
        '4bd2a6f6dddc49e6ba7d08f73e809e64',
      );
  });

  it.each([
    ['a key twice', '{"eventName":"A","eventName":"B"}', 'B'],
    ['a key with an escape', '{"event\\u004eame":"B"}', 'B'],
    ['a value with an escape', '{"eventName":"\\u0042"}', 'B'],
    ['a number', '{"eventName":12}', 12],
    ['a list', '{"eventName":["A","B"]}', 'OPEN'],
    ['an object', '{"eventName":{"x":1}}', 'OPEN'],
    ['null after a value', '{"eventName":"A","eventName":null}', undefined],
  ])('reads %s as JSON.parse would', (_, text, expected) => {
    expect(found(scan(text), 'eventName')).toBe(expected);
  });

  it('sees a column behind a dotted key and below a parent given twice', () => {
    expect(found(scan('{"userIdentity.type":"Root"}'), 'userIdentity.type')).toBe('Root');
    const twice = scan('{"userIdentity":{"type":"Root"},"userIdentity":{"arn":"x"}}');
    expect(found(twice, 'userIdentity.type')).toBeUndefined();
    expect(found(twice, 'userIdentity.arn')).toBe('x');
  });

  it('takes nothing from broken or unfinished records', () => {
    const scanner = fresh();
    for (const text of [
      '{"eventName":"A"',
      '{"eventName":"A',
      '{',
      '{"eventName":"A","userIdentity":{"type":"Root"',
    ]) {
      const bytes = encoder.encode(text);
      expect(scanner.scan(bytes, 0, bytes.length, 0)).toBe(INCOMPLETE);
    }
    for (const text of [
      '{"eventName":tru }',
      '{"eventName":"A",}',
      '{eventName:1}',
      '["A"]',
      '{"a":1 "b":2}',
    ]) {
      const bytes = encoder.encode(text);
      expect(scanner.scan(bytes, 0, bytes.length, 0)).toBe(BROKEN);
    }
  });

  it('parses nesting that it does not follow', () => {
    const deep = `{"eventName":"A","requestParameters":${'['.repeat(2000)}${']'.repeat(2000)},"awsRegion":"eu-west-1"}`;
    const scanner = scan(deep);
    expect(found(scanner, 'awsRegion')).toBe('eu-west-1');
    expect(flagsOf(scanner) & FLAG.PARSED).toBe(FLAG.PARSED);
  });

  it('does not take a value for the one before it, where escapes make them look alike', () => {
    const scanner = scan(String.raw`{"userAgent":"\\"}`);
    scan(String.raw`{"userAgent":"\\"}`, scanner);
    expect(found(scanner, 'userAgent')).toBe('\\');
    scan(String.raw`{"userAgent":"\"x"}`, scanner);
    expect(found(scanner, 'userAgent')).toBe('"x');
    scan(String.raw`{"userAgent":"curl"}`, scanner);
    scan(String.raw`{"userAgent":"curl/8"}`, scanner);
    expect(found(scanner, 'userAgent')).toBe('curl/8');
    scan(String.raw`{"userAgent":"cur"}`, scanner);
    expect(found(scanner, 'userAgent')).toBe('cur');
  });

  it('keeps a byte order mark inside a value', () => {
    expect(found(scan('{"userAgent":"\ufeffcurl"}'), 'userAgent')).toBe('\ufeffcurl');
  });
});

describe('the time in the form that AWS writes', () => {
  const scanner = new RecordScanner(loadEngine(wasm));
  /** ms since the epoch, undefined when the scanner does not take it for that form. */
  const canonical = (text: string): number | undefined => {
    const bytes = encoder.encode(`{"eventTime":"${text}"}`);
    scanner.scan(bytes, 0, bytes.length, 0);
    const { flags, time } = scanner.engine.rows;
    return (flags[0]! & FLAG.TIME_CANONICAL) === 0 ? undefined : time[0];
  };

  it('agrees with Date on every whole second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799 }), (second) => {
        expect(canonical(new Date(second * 1000).toISOString().replace('.000', ''))).toBe(second * 1000);
      }),
    );
  });

  it.each(['2023-02-29T00:00:00Z', '2100-02-29T00:00:00Z', '2023-13-01T00:00:00Z', '2023-00-01T00:00:00Z', '2023-04-31T00:00:00Z',
    '2023-04-01T24:00:00Z', '2023-04-01T00:60:00Z', '2023-04-01T00:00:60Z', '2023-04-01T00:00:00z', '2023-04-01 00:00:00Z',
    '2023-04-01T00:00:00', '20230401T000000Z', '1969-12-31T23:59:59Z', '2023-0a-01T00:00:00Z'])('is not %s', (text) => {
    expect(canonical(text)).toBeUndefined();
  }); // prettier-ignore
});

describe('both engines', () => {
  it('say the same of every record but how they came to it', () => {
    const scanners = ENGINES.map(({ make }) => new RecordScanner(make()));
    fc.assert(
      fc.property(anyRecord, ({ text }) => {
        const bytes = encoder.encode(text);
        const [one, other] = scanners.map((scanner) => {
          const after = scanner.scan(bytes, 0, bytes.length, 0);
          const { rows, oddTime } = scanner.engine;
          return { after, time: rows.time[0], digest: [...rows.digest.subarray(0, 2)], oddTime };
        });
        expect({ ...one, oddTime: '' }).toEqual({ ...other, oddTime: '' });
        if (one!.oddTime !== '') expect(other!.oddTime).toBe(one!.oddTime);
      }),
    );
  });

  it.each([
    [
      '{"timeWindow":{"windowStart":"2025-11-17T19:20:00Z","windowEnd":"2025-11-17T19:25:00Z"}}',
      '2025-11-17T19:20:00Z',
    ],
    [
      '{"timeWindow":{"windowStart":"2025-11-17T19:20:00Z"},"@timestamp":"2025-11-17T20:00:00Z"}',
      '2025-11-17T20:00:00Z',
    ],
    [
      '{"timeWindow":{"windowStart":"2025-11-17T19:20:00Z"},"eventTime":"2025-11-17T21:00:00Z"}',
      '2025-11-17T21:00:00Z',
    ],
    ['{"timeWindow":"2025-11-17T19:20:00Z","eventName":"x"}', null],
  ])('take the time of what has none of its own from its window: %s', (text, time) => {
    for (const { make } of ENGINES) {
      const scanner = new RecordScanner(make());
      const bytes = encoder.encode(text);
      scanner.scan(bytes, 0, bytes.length, 0);
      expect(scanner.engine.rows.time[0]).toBe(time === null ? NaN : Date.parse(time));
    }
  });

  it('find records anywhere in a text that is given piece by piece', () => {
    const records = Array.from({ length: 300 }, (_, i) =>
      JSON.stringify({
        eventName: `Name${i % 7}`,
        eventTime: '2026-10-05T12:00:00Z',
        userAgent: 'x'.repeat(i),
      }),
    );
    const text = encoder.encode(records.join(','));
    for (const { make } of ENGINES) {
      const scanner = new RecordScanner(make());
      const buffer = new Uint8Array(text.length);
      let row = 0;
      let at = 0;
      for (let end = 0; end < text.length;) {
        end = Math.min(end + 777, text.length);
        buffer.set(text.subarray(0, end));
        scanner.forget();
        for (let after = 0; after >= 0 && at < end;) {
          after = scanner.scan(buffer, at, end, row);
          if (after < 0) continue;
          expect(new TextDecoder().decode(scanner.textOf(row))).toBe(records[row]);
          row++;
          at = after + 1;
        }
      }
      expect(row).toBe(records.length);
      // What was scanned before is still there.
      expect(new TextDecoder().decode(scanner.textOf(3))).toBe(records[3]);
    }
  });
});
