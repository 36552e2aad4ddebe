import { expect, test } from 'vitest';
import {
  UPGRADERS,
  VERSION,
  missingUpgraders,
  partsOf,
  type Upgrader,
} from '../../src/state/address-version.ts';
import { HOME, decodePlace } from '../../src/state/address.ts';

test('every version before this one is upgraded', () => {
  expect(missingUpgraders()).toEqual([]);
  expect(
    Object.keys(UPGRADERS)
      .map(Number)
      .filter((from) => from >= VERSION),
  ).toEqual([]);
  // The check itself can fail.
  expect(missingUpgraders(4, { 2: (parts) => parts })).toEqual([1, 3]);
});

test('an address is upgraded step by step', () => {
  const upgraders: Record<number, Upgrader> = {
    1: (parts) => new URLSearchParams({ query: parts.get('q') ?? '' }),
    2: (parts) => new URLSearchParams({ filter: (parts.get('query') ?? '').toUpperCase() }),
  };
  expect(partsOf('#v1?q=a%26b', 3, upgraders)?.get('filter')).toBe('A&B');
  expect(partsOf('#v2?query=b', 3, upgraders)?.get('filter')).toBe('B');
  expect(partsOf('#v3?filter=c', 3, upgraders)?.get('filter')).toBe('c');
  expect(partsOf('#v4?filter=c', 3, upgraders)).toBeNull();
  expect(partsOf('#v1?q=a', 3, { 2: (parts) => parts })).toBeNull();
});

test.each(['', '#', '#v', '#v0?q=a', '#v01?q=a', '#v1x?q=a', '#vv1', '#v99999?q=a'])(
  '%j is not ours',
  (hash) => {
    expect(partsOf(hash)).toBeNull();
  },
);

// Links as version 1 writes them. They must open for as long as there is Trailsift: add to them, never change them.
test.each([
  ['#v1?tab=events', { tab: 'events' }],
  [
    '#v1?q=severity%3Ahigh+AND+NOT+userIdentity.invokedBy%3A*',
    { query: 'severity:high AND NOT userIdentity.invokedBy:*' },
  ],
  [
    '#v1?from=2023-07-10T11%3A00%3A00.000Z&to=2023-07-10T11%3A59%3A59.999Z',
    { from: Date.UTC(2023, 6, 10, 11), to: Date.UTC(2023, 6, 10, 12) - 1 },
  ],
  ['#v1?fsort=-severity', { sort: { findings: { field: 'severity', descending: true }, events: null } }],
  [
    '#v1?tab=events&esort=sourceIp',
    { tab: 'events', sort: { findings: null, events: { field: 'sourceIp', descending: false } } },
  ],
  ['#v1?event=412', { event: 412 }],
  [
    '#v1?off=region%3Aus-east-1&off=NOT+principal%3Aroot',
    { off: ['region:us-east-1', 'NOT principal:root'] },
  ],
])('%s opens', (hash, expected) => {
  expect(decodePlace(hash)).toEqual({ ...HOME, ...expected });
});
