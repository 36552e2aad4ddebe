import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNKNOWN, YES, compileQuery } from '../../../src/core/query/index.ts';
import { compileDecider } from '../../../src/core/table/deciders.ts';
import { enrich } from '../../../src/core/table/enrich.ts';
import { Haystack } from '../../../src/core/seek/haystack.ts';
import type { PlaceOf } from '../../../src/core/table/rows.ts';
import { compileSieve } from '../../../src/core/table/sieve.ts';
import { anyRecord } from '../record/arbitrary.ts';
import { anyQuery, anySearch } from './arbitrary.ts';
import { builderOf, rowsOf } from './support.ts';

const encoder = new TextEncoder();
const placeOf: PlaceOf = (address) =>
  address === '203.0.113.9' ? { country_code: 'NL', country_name: 'Netherlands' } : null;

/**
 * What the columns of a record say of a query or, where they leave it open, its text: null when it must be parsed.
 *
 * @param onOpen told when it is asked of the text
 */
function saidByText(
  query: ReturnType<typeof compileQuery>,
  text: string,
  onOpen: () => void = () => undefined,
): boolean | null {
  const { rows, vocabulary } = rowsOf(builderOf([text]), placeOf);
  const { partOf: _, ...without } = rows;
  const sieve = compileSieve(query.plan, vocabulary, []);
  if (sieve === null) return null;
  const columns = compileDecider(query.plan, vocabulary).decide(without, 0);
  if (columns !== UNKNOWN) return columns === YES;
  onOpen();
  const haystack = new Haystack(sieve.needles);
  const bytes = encoder.encode(text);
  haystack.put(bytes);
  if (haystack.mayHold(0, bytes.length)) return null;
  if (sieve.decider === null) return false;
  const outcome = sieve.decider.decide(without, 0);
  return outcome === UNKNOWN ? null : outcome === YES;
}

describe('compileSieve', () => {
  it('says of the text of a record only what the record says', () => {
    let said = 0;
    const agrees = (text: string, record: unknown, written: string): void => {
      let query: ReturnType<typeof compileQuery>;
      try {
        query = compileQuery(written);
      } catch {
        return;
      }
      let isOpen = false;
      const answer = saidByText(query, text, () => (isOpen = true));
      if (answer === null) return;
      if (isOpen) said++;
      expect({ written, text, answer }).toEqual({
        written,
        text,
        answer: query.matches(enrich(record, placeOf)),
      });
    };
    fc.assert(
      fc.property(anySearch, ({ text, record, query }) => agrees(text, record, query)),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(anyRecord, anyQuery, ({ text, record }, query) => agrees(text, record, query)),
      { numRuns: 1000 },
    );
    // Not for want of answers.
    expect(said).toBeGreaterThan(300);
  }, 120_000);

  it.each([
    ['wombat', '{"eventName":"A"}', false],
    ['NOT wombat', '{"eventName":"A"}', true],
    ['wombat OR NOT gibbon', '{"eventName":"A"}', false],
    ['wombat OR "10.0.0.0/8"', '{"requestParameters":{"address":"10.1.2.3"}}', null],
    ['wombat', '{"requestParameters":{"name":"Wombat"}}', null],
    ['wombat', '{"requestParameters":{"name":"\\u0077ombat"}}', null],
    ['"access denied"', '{"requestParameters":{"accessKey":"AKIA"}}', false],
    ['"access denied"', '{"requestParameters":{"x":"denied","y":"ACCESS"}}', null],
    ['"2026 12:00"', '{"requestParameters":{"x":"2026"}}', false],
    ['kelvin', '{"requestParameters":{"name":"\u212aelvin"}}', null],
    ['requestParameters.name:/[a-z]+/', '{"requestParameters":{"other":"x"}}', false],
    ['requestParameters.count:1000', '{"requestParameters":{"count":1e3}}', null],
    ['requestParameters.count:1000', '{"requestParameters":{"count":999}}', false],
    ['requestParameters.when:2026-10-05', '{"requestParameters":{"when":"2026-10-04T23:00:00-02:00"}}', null],
    ['requestParameters.when:1791158400000', '{"requestParameters":{"when":"2026-10-05"}}', null],
    ['requestParameters.address:"10.0.0.0/8"', '{"requestParameters":{"address":"10.1.2.3"}}', null],
    ['Netherlands', '{"sourceIPAddress":"203.0.113.9"}', true],
    ['requestParameters.name:bob', '{"requestParameters":{"other":"bob"}}', false],
    ['requestParameters.name:bob', '{"requestParameters":{"NAME":"Bob"}}', null],
    ['requestParameters.name.keyword:bob', '{"requestParameters":{"name":"bob"}}', null],
    ['NOT requestParameters.name:bob', '{"requestParameters":{"other":"bob"}}', true],
    ['requestParameters.a.name:bob', '{"requestParameters":{"a.name":"bob"}}', null],
  ])('takes %s on %s for %s', (written, text, expected) => {
    expect(saidByText(compileQuery(written), text)).toBe(expected);
  });
});

describe('Haystack', () => {
  it('finds pieces where they are, record after record', () => {
    const haystack = new Haystack([
      { pieces: ['needle', 'pin'], numbers: false, also: [] },
      { pieces: ['straw', 'hay'], numbers: false, also: ['"b'] },
    ]);
    const records = [
      '{"a":"hay"}',
      '{"a":"NEEDLE"}',
      '{"a":"é"}',
      '{"a":"hay"}',
      '{"a":"pinned"}',
      '{"a":"\\u0041"}',
      '{"b":"barn"}',
      '{"b":"hay"}',
    ];
    const bytes = encoder.encode(records.join(','));
    haystack.put(bytes);
    let at = 0;
    const held = records.map((record) => {
      const length = encoder.encode(record).length;
      const answer = haystack.mayHold(at, at + length);
      at += length + 1;
      return answer;
    });
    expect(held).toEqual([false, true, true, false, true, true, false, true]);
  });

  it('does not mind where the bytes lie', () => {
    const haystack = new Haystack([{ pieces: ['needle'], numbers: false, also: [] }]);
    for (let shift = 0; shift < 4; shift++) {
      const bytes = encoder.encode(`${' '.repeat(shift)}{"a":"é"}`).subarray(shift);
      haystack.put(bytes);
      expect(haystack.mayHold(0, bytes.length)).toBe(true);
    }
  });
});
