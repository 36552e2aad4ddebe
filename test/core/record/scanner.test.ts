import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BROKEN, INCOMPLETE } from '../../../src/core/formats/sink.ts';
import { ABSENT, COLUMN_PATHS, FIRST_VALUE, OPEN, columnIndex } from '../../../src/core/record/columns.ts';
import { flatten } from '../../../src/core/record/flatten.ts';
import { RecordScanner } from '../../../src/core/record/scanner.ts';
import { FLAG } from '../../../src/core/table/block.ts';
import { anyRecord } from './arbitrary.ts';

const encoder = new TextEncoder();

function scan(text: string, scanner = new RecordScanner()): RecordScanner {
  const bytes = encoder.encode(text);
  expect(scanner.scan(bytes, 0, bytes.length)).toBe(bytes.length);
  return scanner;
}

/** The value that the scanner found for a path: undefined = absent, 'OPEN' = look at the record. */
function found(scanner: RecordScanner, path: string): unknown {
  const column = columnIndex(path);
  const code = scanner.row.codes[column]!;
  if (code === ABSENT) return undefined;
  return code === OPEN ? 'OPEN' : scanner.dictionaries[column]!.values[code - FIRST_VALUE];
}

describe('RecordScanner', () => {
  it('agrees with the flattened record on every column, or leaves it open', () => {
    const scanner = new RecordScanner();
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
        if (scanner.row.flags & FLAG.TIME_CANONICAL) {
          expect(time).toEqual([new Date(scanner.row.time).toISOString().replace('.000', '')]);
        }
        if ((scanner.row.flags & (FLAG.TIME_ABSENT | FLAG.PARSED)) === FLAG.TIME_ABSENT)
          expect(time).toBeUndefined();
        for (const key of flat.keys()) expect(scanner.topLevelKeys()).toContain(key.split('.')[0]);
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
    expect([...scanner.row.codes]).not.toContain(OPEN);
    expect(found(scanner, 'eventName')).toBe('CreateUser');
    expect(found(scanner, 'errorCode')).toBeUndefined();
    expect(found(scanner, 'readOnly')).toBe(false);
    expect(found(scanner, 'userIdentity.sessionContext.attributes.mfaAuthenticated')).toBe('false');
    expect(found(scanner, 'userIdentity.sessionContext.sessionIssuer.userName')).toBe('Admin');
    expect(scanner.row.flags).toBe(FLAG.TIME_CANONICAL | FLAG.HAS_REQUEST);
    expect(scanner.row.time).toBe(Date.UTC(2026, 9, 5, 12));
    expect(scanner.row.idIsUuid).toBe(true);
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
    const scanner = new RecordScanner();
    for (const text of [
      '{"eventName":"A"',
      '{"eventName":"A',
      '{',
      '{"eventName":"A","userIdentity":{"type":"Root"',
    ]) {
      const bytes = encoder.encode(text);
      expect(scanner.scan(bytes, 0, bytes.length)).toBe(INCOMPLETE);
    }
    for (const text of [
      '{"eventName":tru }',
      '{"eventName":"A",}',
      '{eventName:1}',
      '["A"]',
      '{"a":1 "b":2}',
    ]) {
      const bytes = encoder.encode(text);
      expect(scanner.scan(bytes, 0, bytes.length)).toBe(BROKEN);
    }
  });

  it('parses nesting that it does not follow', () => {
    const deep = `{"eventName":"A","requestParameters":${'['.repeat(2000)}${']'.repeat(2000)},"awsRegion":"eu-west-1"}`;
    const scanner = scan(deep);
    expect(found(scanner, 'awsRegion')).toBe('eu-west-1');
    expect(scanner.row.flags & FLAG.PARSED).toBe(FLAG.PARSED);
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
