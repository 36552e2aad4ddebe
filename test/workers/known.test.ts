/** Which files an ingest worker need not read. */
import { expect, test } from 'vitest';
import { bytesKey } from '../../src/core/bytes/key.ts';
import type { Parcel, SourceReport } from '../../workers/contract.ts';
import { KnownFiles } from '../../workers/ingest/known.ts';

const digest = (n: number): string => `${n}`.repeat(64);

/** A parcel in which files of these sizes began; those with a report ended in it. */
function parcel(...files: [path: string, bytes: number, report: Partial<SourceReport> | null][]): Parcel {
  const opened = files.map(([path, bytes], key) => ({
    key,
    path,
    bytes,
    sha256: '',
    retry: false,
    original: null,
  }));
  const closed = files.flatMap(([, , report], key) => (report === null ? [] : [{ key, report }]));
  return { session: '', ruleSet: 0, opened, block: null, closed } as unknown as Parcel;
}

test('are those that the case had, and those that were stored to their end since', () => {
  const known = new KnownFiles([[bytesKey(digest(1), 10), 'before.json']]);
  known.stored(
    parcel(
      ['read.json', 20, { state: 'analysed' }],
      ['damaged.json', 30, { state: 'partial' }],
      ['notes.txt', 40, { state: 'refused' }],
      ['broken-off.json', 50, { state: 'partial', unfinished: true }],
      ['under-way.json', 60, null],
    ),
    [2, 3, 4, 5, 6].map(digest),
  );
  expect([10, 20, 30, 40, 50, 60].map((size) => known.mayHold(size))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(known.pathOf(digest(1), 10)).toBe('before.json');
  expect(known.pathOf(digest(2), 20)).toBe('read.json');
  expect(known.pathOf(digest(3), 30)).toBe('damaged.json');
  // Of the same size, and not the same.
  expect(known.pathOf(digest(9), 20)).toBeUndefined();
});

test('keep the path under which the case has them', () => {
  const known = new KnownFiles();
  known.stored(parcel(['first.json', 7, { state: 'analysed' }]), [digest(1)]);
  known.stored(parcel(['copy.json', 7, { state: 'analysed' }]), [digest(1)]);
  expect(known.pathOf(digest(1), 7)).toBe('first.json');
});
