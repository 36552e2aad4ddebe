import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BROKEN, INCOMPLETE } from '../../../src/core/formats/sink.ts';
import { MAX_DEPTH, TOO_DEEP, skipValue } from '../../../src/core/record/json-bytes.ts';

const encoder = new TextEncoder();

/** Whether our reading takes the text for one JSON value and nothing else. */
function accepts(text: string): boolean {
  // A number ends only when something follows it.
  const bytes = encoder.encode(`${text} `);
  let start = 0;
  while (start < bytes.length && ' \t\r\n'.includes(String.fromCharCode(bytes[start]!))) start++;
  const after = skipValue(bytes, start, bytes.length);
  if (after < 0) return false;
  return bytes.subarray(after).every((c) => c === 0x20 || c === 0x09 || c === 0x0a || c === 0x0d);
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON in several layouts, then damaged in one place. */
const damagedJson = fc
  .record({
    value: fc.jsonValue({ maxDepth: 5 }),
    indent: fc.constantFrom(undefined, 1, '\t', '\r\n '),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    replacement: fc.oneof(
      fc.constant(null),
      fc.string({ maxLength: 3 }),
      fc.constantFrom(...'{}[]",:\\0-e.tfn\n\u0001'.split('')),
    ),
    remove: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ value, indent, at, replacement, remove }) => {
    const text = JSON.stringify(value, null, indent);
    if (replacement === null) return text;
    const cut = Math.floor(at * (text.length + 1));
    return text.slice(0, cut) + replacement + text.slice(cut + remove);
  });

describe('skipValue', () => {
  it('accepts what JSON.parse accepts, and nothing else', () => {
    fc.assert(
      fc.property(damagedJson, (text) => {
        expect(accepts(text)).toBe(parses(text));
      }),
      { numRuns: 5000 },
    );
  }, 60_000);

  it.each([
    '01', '-', '-0', '1.', '.5', '1e', '1e+', '1E-2', '+1', '0x1', 'NaN', 'tru', 'true', 'nul', 'null', '"\\x"',
    '"\\u12"', '"\\u12g4"', '"\\ud83d"', '"a\nb"', '"\u007f"', '"\u2028"', '[1,]', '[,1]', '{"a":1,}', '{a:1}', '{"a" 1}',
    '{"a":}', '[]', '{}', '[[],{}]', '{"a":1}{"b":2}', '', '"', '\u00a0[]',
  ])('agrees with JSON.parse on %j', (text) => {
    expect(accepts(text)).toBe(parses(text));
  }); // prettier-ignore

  it('says INCOMPLETE for every beginning of a value, never BROKEN', () => {
    const bytes = encoder.encode('{"a":[1,-2.5e3,true,null,"x\\u00e9\\n"],"b":{"c":"d"}}');
    for (let end = 1; end < bytes.length; end++) expect(skipValue(bytes, 0, end)).toBe(INCOMPLETE);
    expect(skipValue(bytes, 0, bytes.length)).toBe(bytes.length);
  });

  it('reads nothing outside its bounds', () => {
    const bytes = encoder.encode('[[1]]]');
    expect(skipValue(bytes, 1, 4)).toBe(4);
    expect(skipValue(bytes, 1, 3)).toBe(INCOMPLETE);
    expect(skipValue(bytes, 5, 6)).toBe(BROKEN);
  });

  it('gives nesting that it does not follow to JSON.parse', () => {
    const nested = (depth: number): Uint8Array => encoder.encode('['.repeat(depth) + ']'.repeat(depth));
    expect(skipValue(nested(MAX_DEPTH), 0, 2 * MAX_DEPTH)).toBe(2 * MAX_DEPTH);
    expect(skipValue(nested(MAX_DEPTH + 2), 0, 2 * MAX_DEPTH + 4)).toBe(TOO_DEEP);
  });
});
