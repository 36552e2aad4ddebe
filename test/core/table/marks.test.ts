import { describe, expect, it } from 'vitest';
import { compileQuery } from '../../../src/core/query/index.ts';
import { compileDecider } from '../../../src/core/table/deciders.ts';
import { EventTable } from '../../../src/core/table/event-table.ts';
import { countFacet } from '../../../src/core/table/facets.ts';
import { TableFields } from '../../../src/core/table/fields.ts';
import { CodeMap, accept } from '../../../src/core/table/intake.ts';
import { MarkSheet } from '../../../src/core/table/mark-sheet.ts';
import { MARKS, type MarkAct } from '../../../src/core/table/mark.ts';
import { sortItems, timePlaces } from '../../../src/core/table/order.ts';
import { select, type ItemKind } from '../../../src/core/table/select.ts';
import { blockOf } from './support.ts';

const RULES = [
  { id: 'a', name: 'Alert A', severity: 'high' as const, pack: 'p' },
  { id: 'b', name: 'Alert B', severity: 'low' as const, pack: 'p' },
];
const IDS = RULES.map(({ id }) => id);

/** Four events. Findings in order: a on 0, b on 0, a on 2, b on 3. */
function sheet(): { table: EventTable; marks: MarkSheet } {
  const table = new EventTable();
  const texts = [0, 1, 2, 3].map((n) => JSON.stringify({ eventName: `Event${n}` }));
  accept(table, blockOf(texts), new CodeMap(), (key) => key, new Map()); // prettier-ignore
  table.addFindings(Uint16Array.of(0, 1, 0, 1), Uint32Array.of(0, 0, 2, 3), 0);
  return { table, marks: new MarkSheet(table) };
}

const act = (change: Partial<MarkAct>, ...targets: [rule: string, ...rows: number[]][]): MarkAct => ({
  status: null,
  note: null,
  timeline: null,
  ...change,
  targets: targets.map(([rule, ...rows]) => ({ rule, rows: Uint32Array.from(rows) })),
});

const marksOf = (marks: MarkSheet, kind: ItemKind): string[] =>
  Array.from(marks.status(kind), (code) => MARKS[code]!);

function selected(marks: MarkSheet, kind: ItemKind, query: string): number[] {
  const fields = new TableFields(marks.table, RULES, marks);
  let current = 0;
  const virtuals = kind === 'events' ? fields.eventVirtuals() : fields.findingVirtuals(() => current);
  const decider = compileDecider(compileQuery(query).plan, marks.table, virtuals);
  const { chosen, open } = select(marks.table, kind, decider, { from: null, to: null }, (i) => (current = i));
  expect(open).toHaveLength(0);
  return [...chosen];
}

describe('marks', () => {
  it('start as open, and the gravest finding marks its event', () => {
    const { marks } = sheet();
    expect(marksOf(marks, 'events')).toEqual(['open', 'open', 'open', 'open']);
    marks.do(act({ status: 'suspicious' }, ['a', 0, 2], ['b', 0]), IDS);
    marks.do(act({ status: 'benign' }, ['a', 0]), IDS);
    expect(marksOf(marks, 'findings')).toEqual(['benign', 'suspicious', 'suspicious', 'open']);
    expect(marksOf(marks, 'events')).toEqual(['suspicious', 'open', 'suspicious', 'open']);
  });

  it('of an event hold for its findings, unless they have their own; so does "open"', () => {
    const { marks } = sheet();
    marks.do(act({ status: 'malicious' }, ['', 0, 1]), IDS);
    marks.do(act({ status: 'open' }, ['b', 0]), IDS);
    expect(marksOf(marks, 'findings')).toEqual(['malicious', 'open', 'open', 'open']);
    marks.do(act({ status: 'open' }, ['', 0]), IDS);
    marks.do(act({ status: 'malicious' }, ['b', 0]), IDS);
    expect(marksOf(marks, 'events')).toEqual(['open', 'malicious', 'open', 'open']);
  });

  it('change the note, the mark or the timeline, each without the others', () => {
    const { marks } = sheet();
    marks.do(act({ status: 'benign', note: 'A drill' }, ['a', 2]), IDS);
    marks.do(act({ status: 'suspicious' }, ['a', 2]), IDS);
    expect(marks.of(2, 0)).toEqual({ mark: 'suspicious', note: 'A drill' });
    marks.do(act({ note: 'No drill' }, ['', 2]), IDS);
    expect(marks.of(2, null).note).toBe('No drill');
    expect(marks.of(2, 0).note).toBe('A drill');
    const before = marks.snapshot();
    marks.do(act({ note: '' }, ['', 2]), IDS);
    expect(marks.of(2, null)).toEqual({ mark: 'suspicious', note: 'A drill' });
    marks.do(act({ status: 'malicious', note: '' }, ['a', 2]), IDS);
    expect(marks.of(2, null)).toEqual({ mark: 'malicious', note: '' });
    expect(before(2, null)).toEqual({ mark: 'suspicious', note: 'No drill' });
    expect(before(2, 0)).toEqual({ mark: 'suspicious', note: 'A drill' });
  });

  it('put events on the timeline, which a hand can take off and put on', () => {
    const { marks } = sheet();
    marks.do(act({ status: 'malicious' }, ['', 1], ['a', 0]), IDS);
    marks.do(act({ status: 'benign' }, ['', 2]), IDS);
    expect([...marks.timelineRows()]).toEqual([0, 1]);
    marks.do(act({ timeline: false }, ['', 1]), IDS);
    marks.do(act({ timeline: true }, ['', 3]), IDS);
    expect([...marks.timelineRows()]).toEqual([0, 3]);
    expect([0, 1, 3].map((row) => marks.onTimeline(row))).toEqual([true, false, true]);
    expect([0, 3].map((row) => marks.addedToTimeline(row))).toEqual([false, true]);
  });

  it('follow their findings through other rules, and pass over what is gone', () => {
    const { table, marks } = sheet();
    const acts = [
      act({ status: 'malicious' }, ['b', 0, 3]),
      act({ status: 'benign' }, ['gone', 0], ['', 99]),
    ];
    for (const one of acts) marks.do(one, IDS);
    table.clearFindings();
    table.addFindings(Uint16Array.of(0, 0), Uint32Array.of(3, 0), 0);
    marks.replay(acts, ['b', 'a']);
    expect(marksOf(marks, 'findings')).toEqual(['malicious', 'malicious']);
    marks.replay(acts, ['a', 'b']);
    expect(marksOf(marks, 'findings')).toEqual(['open', 'open']);
    marks.replay([], ['b', 'a']);
    expect(marksOf(marks, 'events')).toEqual(['open', 'open', 'open', 'open']);
  });

  it('are forgotten whole when their acts are taken back: mark, note and place on the timeline', () => {
    const { marks } = sheet();
    marks.do(act({ status: 'malicious', note: 'Scan', timeline: true }, ['', 0, 3]), IDS);
    marks.do(act({ note: 'Scan' }, ['a', 2]), IDS);
    expect(marks.of(2, 0)).toEqual({ mark: 'open', note: 'Scan' });
    marks.replay([act({ note: 'Kept' }, ['', 3])], IDS);
    expect([0, 1, 2, 3].map((row) => marks.of(row, null))).toEqual(
      ['', '', '', 'Kept'].map((note) => ({ mark: 'open', note })),
    );
    expect(marks.of(2, 0)).toEqual({ mark: 'open', note: '' });
    expect([0, 3].filter((row) => marks.onTimeline(row) || marks.addedToTimeline(row))).toEqual([]);
    expect([...marks.timelineRows()]).toEqual([]);
  });

  it('put nothing on the timeline for alerts that are gone', () => {
    const { marks } = sheet();
    marks.do(act({ timeline: true }, ['gone', 1]), IDS);
    expect([...marks.timelineRows()]).toEqual([]);
  });

  it('reach events that came after them', () => {
    const { table, marks } = sheet();
    marks.do(act({ status: 'malicious' }, ['', 3]), IDS);
    accept(table, blockOf(['{"eventName":"Late"}']), new CodeMap(), (key) => key, new Map()); // prettier-ignore
    table.addFindings(Uint16Array.of(1), Uint32Array.of(4), 0);
    expect(marksOf(marks, 'events')).toEqual(['open', 'open', 'open', 'malicious', 'open']);
    expect(marksOf(marks, 'findings')).toEqual(['open', 'open', 'open', 'malicious', 'open']);
    marks.do(act({ status: 'benign' }, ['b', 4]), IDS);
    expect(marks.of(4, 1).mark).toBe('benign');
  });
});

describe('the filter knows marks and notes', () => {
  const { marks } = sheet();
  marks.do(act({ status: 'malicious', note: 'Leaked key' }, ['a', 0]), IDS);
  marks.do(act({ status: 'benign', note: 'Backup job' }, ['', 3]), IDS);

  it.each<[string, number[], number[]]>([
    ['mark:malicious', [0], [0]],
    ['mark:(malicious OR benign)', [0, 3], [0, 3]],
    ['mark:open', [1, 2], [1, 2]],
    ['NOT mark:open', [0, 3], [0, 3]],
    // Whatever nobody marked is open, so that there is nothing without a mark.
    ['mark:*', [0, 1, 2, 3], [0, 1, 2, 3]],
    ['NOT mark:*', [], []],
    ['mark:nonsense', [], []],
    ['mark.keyword:/mal.*/', [0], [0]],
    ['note:*eak*', [0], [0]],
    ['note:"backup job"', [3], [3]],
    ['_exists_:note', [0, 3], [0, 3]],
    ['NOT note:* AND mark:open', [1, 2], [1, 2]],
  ])('%s', (query, events, findings) => {
    expect(selected(marks, 'events', query)).toEqual(events);
    expect(selected(marks, 'findings', query)).toEqual(findings);
  });
});

describe('views of marks', () => {
  it('count and sort them by gravity', () => {
    const { table, marks } = sheet();
    marks.do(act({ status: 'malicious' }, ['b', 0]), IDS);
    marks.do(act({ status: 'benign' }, ['', 1, 2]), IDS);
    const fields = new TableFields(table, RULES, marks);
    const all = Uint32Array.of(0, 1, 2, 3);
    const facet = (kind: ItemKind): string[] =>
      countFacet(fields, kind, all, 'mark', 9).values.map(({ clause, count }) => `${clause} ${count}`);
    expect(facet('events')).toEqual(['mark:malicious 1', 'mark:benign 2', 'mark:open 1']);
    expect(facet('findings')).toEqual(['mark:malicious 1', 'mark:benign 1', 'mark:open 2']);
    const sorted = (kind: ItemKind, descending: boolean): number[] => [
      ...sortItems(all, kind, [{ field: 'mark', descending }], fields, timePlaces(table)),
    ];
    expect(sorted('events', true)).toEqual([0, 1, 2, 3]);
    expect(sorted('findings', true)).toEqual([1, 2, 0, 3]);
    expect(sorted('findings', false)).toEqual([0, 3, 2, 1]);
    marks.do(act({ status: 'malicious' }, ['', 3]), IDS);
    expect(sorted('events', true)).toEqual([0, 3, 1, 2]);
  });
});
