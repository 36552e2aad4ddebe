/** What hostile queries and records may cost: nothing much. */
import { cpuUsage } from 'node:process';
import { describe, expect, it } from 'vitest';
import { compileQuery, QueryError } from '../../../src/core/query/index.ts';

/**
 * What matching one record may cost, in yardsticks: twice of what the slowest of these queries need, because machines are
 * shared, and differ. That is 100 ms on a core of 3 GHz.
 */
const MOST = 2.5;
/** A run of so few milliseconds is fast on whatever machine. */
const SURELY_FAST = 20;

/** Processor time, ms. */
function spent(run: () => void): number {
  const before = cpuUsage();
  run();
  const { user, system } = cpuUsage(before);
  return (user + system) / 1000;
}

let sum = 0;
/** Steps of which each waits for the one before, and which need no memory: some 120 million cycles. */
function yardstick(): void {
  for (let i = 0; i < 20_000_000; i++) {
    sum = Math.imul(sum ^ i, 0x9e3779b1);
    sum ^= sum >>> 15;
  }
}

/** In yardsticks laid beside the runs; the least of some of both: other work on the machine must not count for either. */
function cost(run: () => void): number {
  let least = Infinity;
  let yard = Infinity;
  for (let attempt = 0; attempt < 8 && !(least / yard < MOST / 4); attempt++) {
    const milliseconds = spent(run);
    if (milliseconds < SURELY_FAST) return 0;
    least = Math.min(least, milliseconds);
    yard = Math.min(yard, spent(yardstick));
  }
  return least / yard;
}

const repeat = (count: number, make: (index: number) => string, separator = ' OR '): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(separator);

/** Records as large as CloudTrail makes them: 256 kB. */
const RECORDS: Record<string, unknown> = {
  words: { v: repeat(40_000, (index) => `w${((index * 7919) % 40_000).toString(36)}`, ' ') },
  letters: { v: 'a'.repeat(250_000) },
  pairs: {
    v: Array.from({ length: 250_000 }, (_, index) => 'ab'[((index * 2_654_435_761) >>> 7) & 1]).join(''),
  },
  'same words': { v: 'a '.repeat(125_000) },
  'two words': { v: 'x z y z '.repeat(31_000) },
  'two words at random': {
    v: Array.from({ length: 125_000 }, (_, index) => 'xy'[((index * 2_654_435_761) >>> 9) & 1]).join(' '),
  },
  values: { v: Array.from({ length: 30_000 }, (_, index) => `x${index}`) },
  fields: Object.fromEntries(Array.from({ length: 15_000 }, (_, index) => [`f${index}`, `v ${index}`])),
  line: JSON.parse(`${'{"v":'.repeat(40_000)}1${'}'.repeat(40_000)}`),
};

/** A phrase of x and y, another one for each number. */
function twoWords(number: number, length: number): string {
  return Array.from({ length }, (_, bit) => 'xy'[(number >>> bit) & 1]).join(' ');
}

const PATTERNS = [
  '(a+)+b',
  '(a|aa)*c',
  '.*.*.*.*.*x',
  'a*'.repeat(300),
  'a?'.repeat(480),
  '(a?b?)*c',
  '.*a.{9}',
  '.*a.{0,50}b.*',
  '(.*a){20}',
  '~(.*a.{5})&~(.*b.{6}b)',
  `${'~('.repeat(90)}a${')'.repeat(90)}`,
  repeat(60, (index) => `.*w${index}x.*`, '|'),
  '(a{1,20}){1,20}',
  '.{0,900}',
  '<1-65535>',
  '@&~(a@)&~(@b)&~(.*fgh.*)',
  '((a*)*)*b',
  '(a|b|ab)*c',
  '([a-z]+)*\\.',
  '.*(a|b).*(a|b).*(a|b).*c',
];

const QUERIES: Record<string, string> = {
  'terms in every field': repeat(1000, (index) => `q${index}`),
  'terms in a field': `v:(${repeat(1000, (index) => `q${index}`)})`,
  'exact values': `v.keyword:(${repeat(1000, (index) => `q${index}`)})`,
  'one run of words': `v:(${repeat(3000, () => 'qq', ' ')})`,
  prefixes: `v:(${repeat(96, (index) => `q${index}*`)})`,
  'prefixes in every field': repeat(48, (index) => `q${index}*`),
  wildcards: `v:(${repeat(48, (index) => `*q${index}?`)})`,
  ranges: `v:(${repeat(32, (index) => `[q TO r${index}]`)})`,
  patterns: `v:(${repeat(48, (index) => `/q.*${index}/`)})`,
  'fuzzy words': `v:(${repeat(12, (index) => `wq${index}a~`)})`,
  phrases: `v:(${repeat(700, (index) => `"w${index.toString(36)} w${(index + 1).toString(36)}"`)})`,
  'the same phrase': repeat(900, () => 'v:"x y"', ' '),
  'phrases of frequent words': `v:(${repeat(330, (index) => `"${twoWords(index, 10)} z"`, ' ')})`,
  'phrases with slop': `v:(${repeat(16, (index) => `"${twoWords(index, 12)}"~1`, ' ')})`,
  'a long phrase': `v:"${'a '.repeat(4000)}b"`,
  'a long phrase with slop': `v:"${'a '.repeat(63)}b"~5`,
  'a phrase with slop in every field': `"${'a '.repeat(63)}b"~500`,
  'a long literal between stars': `v.keyword:*${'a'.repeat(900)}c*`,
  'many question marks': `v.keyword:*${'a?'.repeat(450)}c*`,
  'many stars': `v.keyword:${'*a'.repeat(450)}c`,
  networks: `v.keyword:(${repeat(400, (index) => `"10.0.${index % 256}.0/24"`)})`,
  parentheses: `${'('.repeat(199)}v:x${')'.repeat(199)}`,
  negations: `${'NOT ('.repeat(150)}v:x${')'.repeat(150)}`,
  'fields by name': repeat(12, (index) => `f\\*${index}:x`),
  'terms in missing fields': repeat(900, (index) => `q${index}:x`),
  'missing fields': repeat(500, (index) => `_exists_:q${index}`),
  'a long path': `${'v.'.repeat(4_500)}v:1`,
};

describe('matching takes no time', () => {
  const queries: [string, string][] = [
    ...Object.entries(QUERIES),
    ...PATTERNS.map((pattern): [string, string] => [
      pattern,
      `v.keyword:/${pattern.replaceAll('/', '\\/')}/`,
    ]),
  ];
  it.each(queries)('%s', (_, text) => {
    expect(text.length).toBeLessThanOrEqual(10_000);
    const query = compileQuery(text);
    for (const [name, record] of Object.entries(RECORDS)) {
      const yardsticks = cost(() => void query.matches(record));
      expect({ name, fast: yardsticks < MOST, yardsticks }).toMatchObject({ fast: true });
    }
  });
});

const TOO_MANY = expect.stringMatching(
  /^this query has too many wildcards, patterns, ranges or fuzzy words/,
) as string;

describe('what cannot be bounded is refused, with the reason and the place', () => {
  it.each([
    ['a'.repeat(10_001), 'this query has 10001 characters; at most 10000 are read'],
    [repeat(1025, () => 'a', ' - '), 'a query may have at most 1024 conditions'],
    [repeat(129, (index) => `a${index}*`), TOO_MANY],
    [repeat(7, (index) => `a${index}~`), TOO_MANY],
    [repeat(100, (index) => `v:"x y"~${index + 1}`), TOO_MANY],
    ['"a b"~100 "a b"~101', TOO_MANY],
    [`${'('.repeat(201)}a${')'.repeat(201)}`, 'parentheses are nested more than 200 deep'],
    [`v:*${'a'.repeat(1000)}*`, 'a value with wildcards may have at most 1000 characters'],
    [`"${'a '.repeat(65)}"~2`, 'a phrase with ~ may have at most 64 words'],
    [
      `v:/${'a'.repeat(1001)}/`,
      'in the regular expression: it has 1001 characters; at most 1000 are allowed',
    ],
    [
      `v:/${'('.repeat(101)}a${')'.repeat(101)}/`,
      'in the regular expression: parentheses are nested more than 100 deep',
    ],
    ['v:/.*a.{100}/', 'in the regular expression: it is too complex; use fewer or smaller repetitions'],
    [
      'v:/((a{10}){10}){10}b/',
      'in the regular expression: it is too complex; use fewer or smaller repetitions',
    ],
    [
      `v:/a${'{2}'.repeat(300)}/`,
      'in the regular expression: it is too complex; use fewer or smaller repetitions',
    ],
    [
      `v:/${repeat(12, (index) => `(.*${String.fromCharCode(97 + index)}.*)`, '&')}/`,
      'in the regular expression: it is too complex; use fewer or smaller repetitions',
    ],
  ])('%#', (text, message) => {
    let caught: unknown;
    const milliseconds = cost(() => {
      try {
        compileQuery(text);
      } catch (error) {
        caught = error;
      }
    });
    expect(caught).toBeInstanceOf(QueryError);
    expect((caught as QueryError).problem.message).toEqual(message);
    expect(milliseconds).toBeLessThan(500);
  });
});
