import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  combine,
  compileQuery,
  DROPPED,
  NO,
  QueryError,
  UNKNOWN,
  YES,
  type BoolPlan,
  type CompiledQuery,
  type Outcome,
  type Plan,
} from '../../../src/core/query/index.ts';
import { boolPlan } from '../../../src/core/query/match/plan.ts';
import { flatten, type Flat } from '../../../src/core/record/flatten.ts';
import { queryText, record } from './arbitrary.ts';

function compile(text: string): CompiledQuery | null {
  try {
    return compileQuery(text);
  } catch (error) {
    if (error instanceof QueryError) return null;
    throw error;
  }
}

/** A plan decided on the flattened record, as the description of plans says. */
function decide(plan: Plan, flat: Flat): Outcome {
  switch (plan.kind) {
    case 'all':
      return YES;
    case 'none':
      return NO;
    case 'exists':
      return [...flat.keys()].some((path) => path === plan.path || path.startsWith(`${plan.path}.`))
        ? YES
        : NO;
    case 'bool':
      return combine(plan, (child) => decide(child, flat));
    case 'leaf': {
      if (plan.path === null) {
        return [...flat].some(([path, values]) => plan.matchesPath(path) && plan.test(values) === YES)
          ? YES
          : NO;
      }
      const outcome = plan.test(flat.get(plan.path) ?? []);
      return outcome === NO && plan.literal !== null ? decide(plan.literal.plan(), flat) : outcome;
    }
  }
}

describe('a compiled query', () => {
  it('takes any record, and gives the same answer however it is asked', () => {
    let asked = 0;
    fc.assert(
      fc.property(queryText, fc.oneof({ weight: 9, arbitrary: record }, fc.jsonValue()), (text, json) => {
        const query = compile(text);
        if (query === null) return;
        asked++;
        const matched = query.matches(json);
        expect(query.explain(json).matched).toBe(matched);
        // What stands in no field (a record that is an array or a plain value) has no path.
        const outcome = decide(query.plan, flatten(json));
        expect({ text, json, matched: outcome === YES }).toEqual({ text, json, matched });
        if (matched)
          for (const path of query.requires)
            expect(compileQuery(`_exists_:"${path}"`).matches(json)).toBe(true);
      }),
      { numRuns: 3000 },
    );
    expect(asked).toBeGreaterThan(500);
  }, 30_000);

  it('says what it requires', () => {
    const requires = (text: string): readonly string[] => compileQuery(text).requires;
    expect(requires('a:1 AND b.keyword:2 AND NOT c:3')).toEqual(['a', 'b']);
    expect(requires('a:1 OR b:2')).toEqual([]);
    expect(requires('(a:1 AND b:2) OR (a:3 AND c:4)')).toEqual(['a']);
    expect(requires('_exists_:a AND a.b:*')).toEqual(['a', 'a.b']);
    expect(requires('x b.\\*:1')).toEqual([]);
    expect(requires('NOT a:1')).toEqual([]);
  });

  it('reads a field that is really called keyword', () => {
    expect(compileQuery('a.keyword:x').matches({ a: { keyword: 'X y' } })).toBe(true);
    expect(compileQuery('a.keyword:x').matches({ 'a.keyword': 'X' })).toBe(true);
    expect(compileQuery('a.keyword:x').matches({ a: 'X' })).toBe(false);
    expect(compileQuery('_exists_:a.keyword').matches({ a: 1 })).toBe(false);
    expect(compileQuery('_exists_:a.keyword').matches({ a: { keyword: 1 } })).toBe(true);
  });

  it('lets a dropped condition bind its neighbours', () => {
    // The AND before b binds a when nothing is left between them.
    const query = compileQuery('a:1 OR b:"-" AND c:1');
    expect(query.matches({ b: 'text', c: 1 })).toBe(false);
    expect(query.matches({ a: 1, b: 'text', c: 1 })).toBe(true);
    expect(query.matches({ a: 1, c: 1 })).toBe(false);
  });

  it('puts the values of parameters in the place of their names', () => {
    const parameters = { home_countries: ['India', 'United "States"'], none: [] };
    const query = compileQuery('NOT country.keyword:${home_countries}', { parameters });
    expect(query.matches({ country: 'India' })).toBe(false);
    expect(query.matches({ country: 'United "States"' })).toBe(false);
    expect(query.matches({ country: 'France' })).toBe(true);
    expect(() => compileQuery('a:${none}', { parameters })).toThrow('parameter none has no value');
    expect(() => compileQuery('a:${other}', { parameters })).toThrow(
      'there is no parameter called other (line 1, column 1)',
    );
    expect(compileQuery('"${home_countries}"', { parameters }).matches({ a: '${home_countries}' })).toBe(
      true,
    );
  });

  it('says what it read differently', () => {
    expect(compileQuery('a:“x”').notices).toEqual(['typographic quotes were repaired']);
    expect(compileQuery('a.keyword:/x/i').notices).toEqual(['/x/i is matched in either case']);
    expect(compileQuery('a:x').notices).toEqual([]);
  });
});

describe('combining three-valued outcomes', () => {
  const leaf = (droppable: boolean): Plan => ({
    kind: 'leaf',
    path: 'a',
    matchesPath: () => false,
    test: () => NO,
    node: { kind: 'list', clauses: [], from: 0, to: 0 },
    droppable,
    literal: null,
    only: null,
    scans: false,
    everywhere: false,
  });

  it('is unknown only where it matters, and never wrong', () => {
    const operand = fc.record({
      and: fc.boolean(),
      sign: fc.constantFrom('+' as const, '-' as const, null),
      droppable: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(operand, { minLength: 1, maxLength: 5 }),
        fc.array(fc.constantFrom<Outcome>(NO, YES, UNKNOWN, DROPPED), { minLength: 5, maxLength: 5 }),
        (operands, outcomes) => {
          const items = operands.map(({ and, sign, droppable }) => ({ and, sign, item: leaf(droppable) }));
          const plan = boolPlan(items) as BoolPlan;
          const given = new Map(
            items.map(({ item }, index) => {
              const outcome = outcomes[index]!;
              return [item, outcome === DROPPED && !operands[index]!.droppable ? NO : outcome];
            }),
          );
          const got = combine(plan, (child) => given.get(child)!);
          // Every way in which the unknown members could turn out.
          const possible = new Set<Outcome>();
          const try_ = (index: number, chosen: Map<Plan, Outcome>): void => {
            const next = items[index];
            if (next === undefined) {
              possible.add(combine(plan, (child) => chosen.get(child)!));
              return;
            }
            const outcome = given.get(next.item)!;
            const choices: Outcome[] =
              outcome === UNKNOWN ? (operands[index]!.droppable ? [NO, YES, DROPPED] : [NO, YES]) : [outcome];
            for (const choice of choices) try_(index + 1, new Map(chosen).set(next.item, choice));
          };
          try_(0, new Map());
          if (got !== UNKNOWN) expect([...possible]).toEqual([got]);
          else if (!operands.some(({ droppable }) => droppable)) expect(possible.size).toBeGreaterThan(1);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
