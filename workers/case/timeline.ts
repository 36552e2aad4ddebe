/** The timeline: events that tell the story of the incident, in order of time. */
import { SEVERITIES } from '../../src/core/rules/index.ts';
import { sortItems } from '../../src/core/table/order.ts';
import type { TableFields } from '../../src/core/table/fields.ts';
import type { TimelineAnswer, TimelineEntry } from '../contract.ts';
import { rowOf, ruleInfo } from './rows.ts';
import type { Views } from './views.ts';

export class Timeline {
  /** The order as worked out last, and what of. */
  #sorted: { key: string; rows: Uint32Array } = { key: '', rows: new Uint32Array(0) };

  constructor(private readonly views: Views) {}

  /** @returns entries `start` to `start + count`; fewer at the end */
  page(start: number, count: number): TimelineAnswer {
    const { fields } = this.views.state();
    const rows = this.#rows();
    const { time } = fields.table;
    const entries = Array.from(rows.subarray(start, start + count), (row, i): TimelineEntry => {
      const before = rows[start + i - 1];
      return {
        row: rowOf(fields, row, null),
        findings: findingsOf(fields, row),
        added: fields.marks.addedToTimeline(row),
        previous: before === undefined ? NaN : time[before]!,
      };
    });
    return { total: rows.length, entries };
  }

  #rows(): Uint32Array {
    const { revision, fields, places } = this.views.state();
    const key = `${revision} ${fields.marks.version}`;
    if (this.#sorted.key !== key) {
      this.#sorted = { key, rows: sortItems(fields.marks.timelineRows(), 'events', [], fields, places) };
    }
    return this.#sorted.rows;
  }
}

function findingsOf({ table, marks, rules }: TableFields, row: number): TimelineEntry['findings'] {
  return marks
    .findingsOf(row)
    .map((finding) => table.hitRule[finding]!)
    .map((rule) => ({ rule: ruleInfo(rules[rule]!), ...marks.of(row, rule) }))
    .sort((a, b) => SEVERITIES.indexOf(a.rule.severity) - SEVERITIES.indexOf(b.rule.severity));
}
