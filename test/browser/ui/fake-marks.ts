/** Marks of the fake case: of events alone, a finding being its event. */
import { MARKS, type Mark } from '../../../src/core/table/mark.ts';
import type {
  MarkAnswer,
  MarkChange,
  MarkDone,
  MarkTarget,
  MarkTotals,
  Row,
  TimelineAnswer,
} from '../../../workers/contract.ts';

interface Known {
  mark: Mark;
  note: string;
  timeline: boolean | null;
}

export class FakeMarks {
  /** What was asked, in order. */
  readonly asked: { target: MarkTarget; change: MarkChange }[] = [];
  #acts: { events: number[]; change: MarkChange; done: MarkDone }[] = [];
  #done = 0;
  #version = 0;
  /** By event, as of `#version`. */
  #worked: { version: number; known: Map<number, Known>; timeline: Set<number> } | null = null;

  /**
   * @param eventsOf events that a target means; null for a view that is too old
   * @param rowOf an event without its marks
   */
  constructor(
    private readonly eventsOf: (target: MarkTarget) => number[] | null,
    private readonly rowOf: (event: number) => Row,
  ) {}

  mark(target: MarkTarget, change: MarkChange): MarkAnswer {
    this.asked.push({ target, change });
    const events = this.eventsOf(target);
    if (events === null) return { ok: false, message: 'The rows have changed. Mark what you see now.' };
    const { status = null, note = null, timeline = null } = change;
    const done = { findings: 0, events: events.length, status, note, timeline };
    this.#acts.splice(this.#done++, Infinity, { events, change, done });
    return this.#answer(done);
  }

  /** Puts events on the timeline in one act, as no target of the page's would. */
  put(events: readonly number[]): void {
    const done = { findings: 0, events: events.length, status: null, note: null, timeline: true };
    this.#acts.splice(this.#done++, Infinity, { events: [...events], change: { timeline: true }, done });
    this.#version++;
  }

  undo(): MarkAnswer {
    const act = this.#acts[this.#done - 1];
    if (!act) return { ok: false, message: 'There is no mark to take back.' };
    this.#done--;
    return this.#answer(act.done);
  }

  redo(): MarkAnswer {
    const act = this.#acts[this.#done];
    if (!act) return { ok: false, message: 'There is no mark to set again.' };
    this.#done++;
    return this.#answer(act.done);
  }

  totals(): MarkTotals {
    const findings = Object.fromEntries(MARKS.map((mark) => [mark, 0])) as Record<Mark, number>;
    for (const { mark } of this.#known().values()) findings[mark]++;
    return {
      version: this.#version,
      findings,
      timeline: this.#onTimeline().size,
      undo: this.#acts[this.#done - 1]?.done ?? null,
      redo: this.#acts[this.#done]?.done ?? null,
    };
  }

  /** `row` with what is known of its event. */
  on(row: Row): Row {
    const { mark = 'open', note = '' } = this.#known().get(row.event) ?? {};
    return { ...row, mark, note, onTimeline: this.#onTimeline().has(row.event) };
  }

  timeline(start: number, count: number): TimelineAnswer {
    const rows = [...this.#onTimeline()]
      .map((event) => this.on(this.rowOf(event)))
      .sort((a, b) => a.time - b.time);
    const entries = rows.map((row, i) => ({
      row,
      findings: row.rule ? [{ rule: row.rule, mark: row.mark, note: row.note }] : [],
      added: this.#known().get(row.event)?.timeline === true,
      previous: rows[i - 1]?.time ?? NaN,
    }));
    return { total: rows.length, entries: entries.slice(start, start + count) };
  }

  #known(): Map<number, Known> {
    return this.#work().known;
  }

  #onTimeline(): Set<number> {
    return this.#work().timeline;
  }

  #work(): { known: Map<number, Known>; timeline: Set<number> } {
    if (this.#worked?.version === this.#version) return this.#worked;
    const known = new Map<number, Known>();
    for (const { events, change } of this.#acts.slice(0, this.#done)) {
      for (const event of events) {
        const { mark, note, timeline } = known.get(event) ?? { mark: 'open', note: '', timeline: null };
        known.set(event, {
          mark: change.status ?? mark,
          note: change.note ?? note,
          timeline: change.timeline ?? timeline,
        });
      }
    }
    const timeline = new Set(
      [...known.keys()].filter((event) => {
        const { mark, timeline } = known.get(event)!;
        return timeline ?? (mark === 'suspicious' || mark === 'malicious');
      }),
    );
    this.#worked = { version: this.#version, known, timeline };
    return this.#worked;
  }

  #answer(done: MarkDone): MarkAnswer {
    this.#version++;
    return { ok: true, done, marks: this.totals() };
  }
}

/** The marks of a case that has none. */
export const NO_MARKS: MarkTotals = {
  version: 0,
  findings: { open: 0, benign: 0, suspicious: 0, malicious: 0 },
  timeline: 0,
  undo: null,
  redo: null,
};
