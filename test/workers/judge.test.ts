import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileQuery, conditionsIn, UNKNOWN, YES, type CompiledQuery } from '../../src/core/query/index.ts';
import { Haystack } from '../../src/core/seek/haystack.ts';
import type { VirtualField } from '../../src/core/table/deciders.ts';
import { enrich, knownOf } from '../../src/core/table/enrich.ts';
import { KnownConditions } from '../../src/core/table/known.ts';
import type { PlaceOf } from '../../src/core/table/rows.ts';
import { compileSieve } from '../../src/core/table/sieve.ts';
import { Judge } from '../../workers/search/judge.ts';
import { anyRecord } from '../core/record/arbitrary.ts';
import { anyQuery, anySearch } from '../core/table/arbitrary.ts';
import { builderOf, rowsOf } from '../core/table/support.ts';

const encoder = new TextEncoder();
const placeOf: PlaceOf = (address) =>
  address === '203.0.113.9' ? { country_code: 'NL', country_name: 'Netherlands' } : null;

/** What is known of a row besides its record. */
const anyVirtuals = fc
  .record({
    severity: fc.subarray(['high', 'low']),
    principal: fc.constantFrom([], ['alice'], ['bob']),
    note: fc.constantFrom([], ['AccessDenied, says alice'], ['203.0.113.9']),
  })
  .map((values) =>
    Object.entries(values).map(([path, list]): VirtualField => ({
      path,
      codeOf: () => 0,
      valuesOf: () => list,
    })),
  );

/** The text of a record that has a field of one of these names itself. */
function withOwn(text: string, own: string | null): string {
  if (own === null) return text;
  const rest = text.trim().slice(1);
  return `{"severity":${JSON.stringify(own)}${rest.trim() === '}' ? '' : ','}${rest}`;
}

/** The same query, with something asked besides that records do not tell. */
const more = fc.constantFrom<(query: string) => string>(
  (query) => query,
  (query) => query,
  (query) => `(${query}) AND severity:high`,
  (query) => `(${query}) OR (severity:low AND NOT principal:alice)`,
  (query) => `NOT (${query})`,
  (query) => `(${query}) AND sourceIPAddress_geoip.country_code:NL`,
  (query) => `(${query}) high`,
  (query) => `(${query}) AND note:*`,
  (query) => `(${query}) AND "nothing like it"`,
  (query) => `(${query}) OR ("us east" AND alice)`,
);

function compiled(text: string): CompiledQuery | null {
  try {
    return compileQuery(text);
  } catch {
    return null;
  }
}

describe('Judge', () => {
  it('says of a record, with what is known of it, what the enriched record says', () => {
    let judged = 0;
    let unparsed = 0;
    const agrees = (text: string, written: string, virtuals: readonly VirtualField[]): void => {
      const query = compiled(written);
      if (query === null) return;
      const { rows, vocabulary } = rowsOf(builderOf([text]), placeOf);
      // As in a case.
      const { partOf: _, ...without } = rows;
      const known = new KnownConditions(conditionsIn(query.plan), vocabulary, virtuals);
      const outcomes = new Uint8Array(known.count + 3);
      if (!known.tell(without, 0, outcomes, 3)) return;
      judged++;
      const hidden = virtuals.map(({ path }) => path);
      const sieve = compileSieve(query.plan, vocabulary, virtuals);
      const needles = sieve?.needles ?? [];
      const places = sieve?.places ?? [];
      const judge = new Judge({ needles, places, query: written, now: query.now, hidden });
      const record: unknown = JSON.parse(text);
      const matches = query.matches(enrich(record, placeOf, knownOf(virtuals, 0)));
      const bytes = encoder.encode(text);
      const answer = { written, text, matches: judge.matches(bytes, outcomes, 3) };
      expect(answer).toEqual({ written, text, matches });
      // What can be said without parsing is the same.
      const haystack = new Haystack(needles);
      haystack.put(bytes);
      const said = judge.unparsed(outcomes, 3, (place) => haystack.mayHoldThe(place, 0, bytes.length));
      haystack.close();
      if (said === UNKNOWN) return;
      unparsed++;
      expect({ written, text, matches: said === YES }).toEqual({ written, text, matches });
    };
    const own = fc.option(fc.constantFrom('high', 'alice', '203.0.113.9'), { freq: 3 });
    fc.assert(
      fc.property(anySearch, more, own, anyVirtuals, ({ text, query }, form, own, virtuals) =>
        agrees(withOwn(text, own), form(query), virtuals),
      ),
      { numRuns: 1500 },
    );
    fc.assert(
      fc.property(anyRecord, anyQuery, more, own, anyVirtuals, ({ text }, query, form, own, virtuals) =>
        agrees(withOwn(text, own), form(query), virtuals),
      ),
      { numRuns: 1500 },
    );
    // Not for want of answers.
    expect(judged).toBeGreaterThan(2000);
    expect(unparsed).toBeGreaterThan(1000);
  }, 120_000);

  it.each(['Netherlands', 'sourceIPAddress_geoip.country_code:NL'])(
    'leaves %s to whoever knows where an address is, when no column has it',
    (text) => {
      const query = compileQuery(text);
      const record = '{"sourceIPAddress":["203.0.113.9",{"x":1}]}';
      const { rows, vocabulary } = rowsOf(builderOf([record]), placeOf);
      const known = new KnownConditions(conditionsIn(query.plan), vocabulary, []);
      expect(known.tell(rows, 0, new Uint8Array(1), 0)).toBe(false);
      expect(query.matches(enrich(JSON.parse(record), placeOf))).toBe(true);
    },
  );

  it('counts dates from the same moment', () => {
    const now = Date.UTC(2026, 9, 5);
    const sought = {
      needles: [],
      places: [],
      query: 'requestParameters.when:[now-1d TO now]',
      now,
      hidden: [],
    };
    const record = encoder.encode('{"requestParameters":{"when":"2026-10-04T12:00:00Z"}}');
    const unknown = new Uint8Array([2]);
    expect(new Judge(sought).matches(record, unknown, 0)).toBe(true);
    expect(new Judge({ ...sought, now: now + 86_400_000 }).matches(record, unknown, 0)).toBe(false);
  });
});
