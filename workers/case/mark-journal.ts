/**
 * The acts of marking of a case, in order: doing them gives its marks, and the last one can be taken back however
 * long ago it was. Each is stored before the page is told of it.
 */
import type { EventTable } from '../../src/core/table/event-table.ts';
import { MarkSheet } from '../../src/core/table/mark-sheet.ts';
import { MARKS, type Mark, type MarkAct, type MarkTargets } from '../../src/core/table/mark.ts';
import type { CaseStore } from '../../src/store/case-store.ts';
import type { CaseRow, MarkRow } from '../../src/store/database.ts';
import type { MarkAnswer, MarkChange, MarkDone, MarkTotals } from '../contract.ts';

/** Characters of a note that are kept. */
const LONGEST_NOTE = 4000;

export class MarkJournal {
  readonly sheet: MarkSheet;
  /** Those taken back are at the end. */
  #acts: MarkRow[] = [];
  #done = 0;

  /**
   * @param ruleIds IDs of the rules in force, as findings number them
   * @param keep carries out a change of what is stored, where the case is stored, after those before it
   */
  constructor(
    table: EventTable,
    private readonly row: CaseRow,
    private readonly ruleIds: () => string[],
    private readonly keep: (write: (store: CaseStore) => Promise<void>) => Promise<void>,
  ) {
    this.sheet = new MarkSheet(table);
  }

  /** Takes up the acts of a stored case, once its events and findings are there. */
  load(acts: MarkRow[]): void {
    this.#acts = acts;
    const undone = acts.findIndex((act) => act.undone);
    this.#done = undone < 0 ? acts.length : undone;
    this.replay();
  }

  /** Puts the marks where they belong after findings were numbered anew. */
  replay(): void {
    if (this.#acts.length > 0) this.sheet.replay(this.#acts.slice(0, this.#done), this.ruleIds());
  }

  async add(targets: MarkTargets[], change: MarkChange): Promise<MarkAnswer> {
    if (targets.every(({ rows }) => rows.length === 0))
      return { ok: false, message: 'There is nothing to mark.' };
    const last = this.#acts[this.#done - 1];
    const act: MarkRow = {
      caseId: this.row.id,
      seq: last === undefined ? 0 : last.seq + 1,
      at: Date.now(),
      undone: false,
      status: change.status ?? null,
      note: change.note?.slice(0, LONGEST_NOTE) ?? null,
      timeline: change.timeline ?? null,
      targets,
    };
    this.#acts.splice(this.#done, Infinity, act);
    this.#done++;
    this.sheet.do(act, this.ruleIds());
    await this.keep((store) => store.putMark(act, this.row.owner));
    return this.#answer(act);
  }

  async undo(): Promise<MarkAnswer> {
    const act = this.#acts[this.#done - 1];
    if (act === undefined) return { ok: false, message: 'There is no mark to take back.' };
    this.#done--;
    this.replay();
    return this.#setUndone(act, true);
  }

  async redo(): Promise<MarkAnswer> {
    const act = this.#acts[this.#done];
    if (act === undefined) return { ok: false, message: 'There is no mark to set again.' };
    this.#done++;
    this.sheet.do(act, this.ruleIds());
    return this.#setUndone(act, false);
  }

  totals(): MarkTotals {
    const findings = Object.fromEntries(MARKS.map((mark) => [mark, 0])) as Record<Mark, number>;
    const counts = new Uint32Array(MARKS.length);
    for (const code of this.sheet.status('findings')) counts[code]!++;
    MARKS.forEach((mark, code) => (findings[mark] = counts[code]!));
    return {
      version: this.sheet.version,
      findings,
      timeline: this.sheet.timelineRows().length,
      undo: doneOf(this.#acts[this.#done - 1]),
      redo: doneOf(this.#acts[this.#done]),
    };
  }

  async #setUndone(act: MarkRow, undone: boolean): Promise<MarkAnswer> {
    act.undone = undone;
    await this.keep((store) => store.setUndone(act.caseId, act.seq, undone, this.row.owner));
    return this.#answer(act);
  }

  #answer(act: MarkAct): MarkAnswer {
    return { ok: true, done: doneOf(act)!, marks: this.totals() };
  }
}

function doneOf(act: MarkAct | undefined): MarkDone | null {
  if (act === undefined) return null;
  const { status, note, timeline, targets } = act;
  const done: MarkDone = { findings: 0, events: 0, status, note, timeline };
  for (const { rule, rows } of targets) done[rule === '' ? 'events' : 'findings'] += rows.length;
  return done;
}
