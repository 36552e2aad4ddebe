import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instant, span, zoneOffset } from '../../src/core/text/format.ts';
import { instant as shown, parseInstant, useZone, zoneName, zoneWords } from '../../src/ui/parts/format.ts';
import { clockOf, dayOf, offsetOf, weekdayOf } from '../../src/ui/timeline/gaps.ts';
import { ticks } from '../../src/ui/parts/chart.ts';

const HOUR = 3_600_000;
const before = process.env.TZ;

function restore(): void {
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
}

describe.each([
  ['Europe/Berlin', '2023-07-10T13:42:36+02:00'],
  ['America/St_Johns', '2023-07-10T09:12:36-02:30'],
  ['Asia/Kolkata', '2023-07-10T17:12:36+05:30'],
  ['UTC', '2023-07-10T11:42:36+00:00'],
])('in %s', (zone, written) => {
  const time = Date.UTC(2023, 6, 10, 11, 42, 36);

  beforeAll(() => {
    process.env.TZ = zone;
    useZone(() => 'local');
  });
  afterAll(() => {
    restore();
    useZone(() => 'utc');
  });

  test('a time says its offset, and is read back from it', () => {
    expect(instant(time, 'local')).toBe(written);
    expect(instant(time)).toBe('2023-07-10T11:42:36Z');
    expect(Date.parse(written)).toBe(time);
    expect(shown(time)).toBe(written);
    expect(zoneName()).toBe('local');
    expect(zoneWords(time).endsWith(` (UTC${written.slice(-6)})`)).toBe(true);
    expect(zoneWords(NaN)).toMatch(/ \(UTC[+-]\d\d:\d\d\)$/);
  });

  test('the timeline has its days and clocks', () => {
    expect([dayOf(time), clockOf(time), offsetOf(time)]).toEqual([
      written.slice(0, 10),
      written.slice(11, 19),
      `UTC${written.slice(-6)}`,
    ]);
    // The last minute of a Sunday by its clocks.
    const late = parseInstant('2023-07-09T23:59', false);
    expect(`${dayOf(late)} ${weekdayOf(late)} ${clockOf(late)}`).toBe('2023-07-09 Sunday 23:59:00');
    expect(dayOf(NaN)).toBe('');
  });

  test('what is typed without a zone is of this one; a day is that of its clocks', () => {
    expect(parseInstant(written.slice(0, 19), false)).toBe(time);
    expect(parseInstant('2023-07-10T11:42:36Z', false)).toBe(time);
    for (const day of ['2023-03-26', '2023-07-10', '2023-10-29', '2023-11-05']) {
      const end = parseInstant(day, true);
      expect(instant(end, 'local').slice(0, 23)).toBe(`${day}T23:59:59.999`);
      expect(instant(parseInstant(day, false), 'local').slice(0, 19)).toBe(`${day}T00:00:00`);
    }
  });

  test('ticks are round by the clock, over a change of clocks too', () => {
    const start = Date.UTC(2023, 9, 27);
    const ahead = (ms: number): number => zoneOffset(ms, 'local');
    for (const tick of ticks(start, start + 5 * 24 * HOUR, 6, ahead)) {
      expect(instant(tick.time, 'local').slice(11, 19)).toBe('00:00:00');
      expect(instant(tick.time, 'local').slice(0, 10)).toBe(tick.label);
    }
  });
});

test('in UTC the timeline says no offset', () => {
  const time = Date.UTC(2023, 6, 10, 11, 42, 36, 5);
  expect([dayOf(time), weekdayOf(time), clockOf(time), offsetOf(time), zoneWords(time)]).toEqual([
    '2023-07-10',
    'Monday',
    '11:42:36.005',
    '',
    'UTC',
  ]);
});

test('a span says day and offset once where they are the same', () => {
  process.env.TZ = 'Europe/Berlin';
  const start = Date.UTC(2023, 9, 28, 23, 30);
  expect(span(start, start + HOUR / 2, 'local')).toBe('2023-10-29T01:30:00 – 02:00:00+02:00');
  // The clocks go back between these two.
  expect(span(start, start + 3 * HOUR, 'local')).toBe(
    '2023-10-29T01:30:00+02:00 – 2023-10-29T03:30:00+01:00',
  );
  restore();
});
