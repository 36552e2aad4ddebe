import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bytes,
  duration,
  instant,
  lastInstant,
  parseInstant,
  period,
  plural,
  rough,
  span,
} from '../../src/ui/parts/format.ts';
import { visible } from '../../src/ui/parts/visible.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [9949, '9.9 kB'],
  [9951, '10 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [8_400_000, '8.4 MB'],
  [217_000_000, '217 MB'],
  [5e15, '5000 TB'],
  [NaN, '–'],
])('bytes(%d) = %s', (value, text) => {
  expect(bytes(value)).toBe(text);
});

test.each([
  [340, '340 ms'],
  [1000, '1 s'],
  [9990, '9.9 s'],
  [12_000, '12 s'],
  [600_000, '10 min'],
  [3_661_000, '1 h 1 min'],
  [187_200_000, '2 d 4 h'],
])('duration(%d) = %s', (value, text) => {
  expect(duration(value)).toBe(text);
});

test('plural', () => {
  expect(plural(1, 'event')).toBe('1 event');
  expect(plural(2900, 'event')).toBe('2,900 events');
});

test.each([
  [0, '0'],
  [9_999, '9,999'],
  [10_000, '10k'],
  [147_172, '147.2k'],
  [999_949, '999.9k'],
  [999_950, '1M'],
  [1_234_567, '1.2M'],
])('rough(%d) = %s', (value, text) => {
  expect(rough(value)).toBe(text);
});

describe('times', () => {
  test('period says what is the same once, to the minute', () => {
    const t = Date.UTC(2023, 6, 10, 11, 42, 36);
    expect(period(t, t + 3000)).toBe('2023-07-10 11:42');
    expect(period(t, t + 3_600_000)).toBe('2023-07-10 11:42 – 12:42');
    expect(period(t, t + 86_400_000)).toBe('2023-07-10 11:42 – 07-11 11:42');
    expect(period(t, t + 366 * 86_400_000)).toBe('2023-07-10 11:42 – 2024-07-10 11:42');
    expect(period(NaN, t)).toBe('');
  });

  test('span says the day once', () => {
    const t = Date.UTC(2023, 6, 10, 11, 42, 36);
    expect(span(t, t + 60_000)).toBe('2023-07-10T11:42:36 – 11:43:36Z');
    expect(span(t, t + 86_400_000)).toBe('2023-07-10T11:42:36Z – 2023-07-11T11:42:36Z');
    expect(span(NaN, NaN)).toBe('');
  });

  test.each([
    ['2023-07-10', '2023-07-10T00:00:00Z', '2023-07-10T23:59:59.999Z'],
    ['2023-07-10 11:42', '2023-07-10T11:42:00Z', '2023-07-10T11:42:59.999Z'],
    ['2023-07-10T11:42:36Z', '2023-07-10T11:42:36Z', '2023-07-10T11:42:36.999Z'],
    ['2023-07-10T11:42:36.5+02:00', '2023-07-10T09:42:36.500Z', '2023-07-10T09:42:36.500Z'],
    ['2023-07-10T11:42+0530', '2023-07-10T06:12:00Z', '2023-07-10T06:12:59.999Z'],
  ])('%s is the time from %s to %s', (text, from, to) => {
    expect(instant(parseInstant(text, false))).toBe(from);
    expect(instant(parseInstant(text, true))).toBe(to);
  });

  test.each(['', 'now', '2023-13-01', '2023-02-30', '2023-07-10T25:00', '10/07/2023', '11:42'])(
    '"%s" is no time',
    (text) => {
      expect(parseInstant(text, false)).toBeNaN();
    },
  );

  test('the end of a range can be typed as it is written', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.integer({ min: 0, max: 4e9 }).map((s) => s * 1000 + 999),
          fc.nat({ max: 4_000_000 }).map((n) => n * 1000 + 500),
        ),
        (ms) => {
          expect(parseInstant(lastInstant(ms), true)).toBe(ms);
        },
      ),
    );
  });

  test('what is written can be typed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (ms) => {
        expect(parseInstant(instant(ms), false)).toBe(ms);
      }),
    );
  });
});

describe('visible', () => {
  test.each([
    ['plain', 'plain'],
    ['a\nb\tc\0', 'a␊b␉c␀'],
    ['\u202Egnp.exe', '<U+202E>gnp.exe'],
    ['a\u200Bb\uFEFF', 'a<U+200B>b<U+FEFF>'],
    ['\uD800x', '<U+D800>x'],
    ['😀 é 日本', '😀 é 日本'],
    ['\u{E0041}', '<U+E0041>'],
  ])('%j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });
});
