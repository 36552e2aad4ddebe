/**
 * What a person has decided of the events and findings of a table, as codes beside its columns: 300,000 findings
 * marked at once cost bytes each.
 *
 * A finding that was not marked itself is as its event was marked; an event that was not marked itself is as the
 * gravest of its findings. What neither says is open.
 */
import type { EventTable } from './event-table.ts';
import { FindingPlaces } from './finding-places.ts';
import { withRoom } from './growing.ts';
import { MARKS, type MarkAct, type Marked } from './mark.ts';
import { NoteSets } from './note-sets.ts';
import type { ItemKind } from './select.ts';

/** From this gravity on, an event belongs to the story of the incident. */
const TELLING = MARKS.indexOf('suspicious');

/** What was said of items of one kind itself: mark code + 1 and note number, 0 = nothing. */
interface Said {
  status: Uint8Array;
  note: Uint32Array;
}

/** What holds for the items of one kind, once everything that was said is weighed. */
interface Weighed {
  /** Mark code by item. */
  status: Uint8Array;
  /** Number of the set of notes by item. */
  notes: Uint32Array;
}

const ON = 1;
const OFF = 2;

export class MarkSheet {
  /** Changes whenever a mark does. */
  version = 0;
  /** Notes by number; 0 is none. */
  readonly notes: string[] = [''];
  readonly noteSets = new NoteSets();
  readonly #numberOf = new Map<string, number>([['', 0]]);
  readonly #said: Record<ItemKind, Said>;
  readonly #weighed = new Map<ItemKind, { key: string; weighed: Weighed }>();
  #timeline = new Uint8Array(0);
  #places: FindingPlaces | null = null;
  #empty = true;

  constructor(readonly table: EventTable) {
    const nothing = (): Said => ({ status: new Uint8Array(0), note: new Uint32Array(0) });
    this.#said = { events: nothing(), findings: nothing() };
  }

  /**
   * Forgets everything and does these acts, in their order. Needed whenever findings are numbered anew.
   *
   * @param ruleIds IDs of the rules, as findings number them
   */
  replay(acts: readonly MarkAct[], ruleIds: readonly string[]): void {
    for (const said of Object.values(this.#said)) {
      said.status.fill(0);
      said.note.fill(0);
    }
    this.#timeline.fill(0);
    this.#empty = true;
    this.#places = null;
    for (const act of acts) this.do(act, ruleIds);
    this.version++;
  }

  /** Does one more act. Targets that the table does not have (any more) are passed over. */
  do({ status, note, timeline, targets }: MarkAct, ruleIds: readonly string[]): void {
    this.#fit();
    this.#empty = false;
    this.version++;
    const mark = status === null ? null : MARKS.indexOf(status) + 1;
    const number = note === null ? null : this.#number(note);
    for (const { rule, rows } of targets) {
      const index = rule === '' ? -1 : ruleIds.indexOf(rule);
      if (rule !== '' && index < 0) continue;
      const said = this.#said[rule === '' ? 'events' : 'findings'];
      const places = rule === '' ? null : this.#placesOfFindings();
      for (const row of rows) {
        if (row >= this.table.rows) continue;
        if (timeline !== null) this.#timeline[row] = timeline ? ON : OFF;
        const item = places?.find(row, index) ?? row;
        if (item < 0) continue;
        if (mark !== null) said.status[item] = mark;
        if (number !== null) said.note[item] = number;
      }
    }
  }

  /** Mark codes by item, as they hold. */
  status(kind: ItemKind): Uint8Array {
    return this.#weigh(kind).status;
  }

  /** Numbers of the sets of notes by item, for `notesOf`. */
  noteCodes(kind: ItemKind): Uint32Array {
    return this.#weigh(kind).notes;
  }

  /** @returns the notes of a set, those of the item itself first */
  notesOf(code: number): string[] {
    return this.noteSets.of(code).map((number) => this.notes[number]!);
  }

  /** @returns how a finding is marked, or an event (`rule` null); open where there is no such finding */
  of(row: number, rule: number | null): Marked {
    return this.#lookUp(row, rule, this.#said, (kind) => this.#weigh(kind), this.#placesOfFindings());
  }

  /** @returns `of` as it is now, whatever is marked or found anew later */
  snapshot(): (row: number, rule: number | null) => Marked {
    this.#fit();
    const { events, findings } = this.#said;
    const said = {
      events: { ...events, note: events.note.slice() },
      findings: { ...findings, note: findings.note.slice() },
    };
    const weighed = { events: this.#weigh('events'), findings: this.#weigh('findings') };
    const places = this.#placesOfFindings();
    return (row, rule) => this.#lookUp(row, rule, said, (kind) => weighed[kind], places);
  }

  /** @returns whether an event is on the timeline: put there, or grave enough and not taken off */
  onTimeline(row: number): boolean {
    const said = this.#timeline[row] ?? 0;
    return said === ON || (said !== OFF && this.status('events')[row]! >= TELLING);
  }

  /** @returns whether an event was put on the timeline by hand */
  addedToTimeline(row: number): boolean {
    return this.#timeline[row] === ON;
  }

  /** @returns the events on the timeline, ascending */
  timelineRows(): Uint32Array {
    if (this.#empty) return new Uint32Array(0);
    const status = this.status('events');
    const rows = new Uint32Array(this.table.rows);
    let count = 0;
    for (let row = 0; row < this.table.rows; row++) {
      const said = this.#timeline[row] ?? 0;
      if (said === ON || (said !== OFF && status[row]! >= TELLING)) rows[count++] = row;
    }
    return rows.slice(0, count);
  }

  /** @returns the findings of an event, in order of arrival */
  findingsOf(row: number): number[] {
    return this.#placesOfFindings().of(row);
  }

  /** The note of the item itself goes before those that it has through its event or its findings. */
  #lookUp(
    row: number,
    rule: number | null,
    said: Record<ItemKind, Said>,
    weighed: (kind: ItemKind) => Weighed,
    places: FindingPlaces,
  ): Marked {
    const kind = rule === null ? 'events' : 'findings';
    const item = rule === null ? row : places.find(row, rule);
    const { status, notes } = weighed(kind);
    const own = said[kind].note[item] ?? 0;
    const note = own === 0 ? this.notesOf(notes[item] ?? 0).join('; ') : this.notes[own]!;
    return { mark: MARKS[status[item] ?? 0]!, note };
  }

  #number(note: string): number {
    let number = this.#numberOf.get(note);
    if (number === undefined) {
      number = this.notes.length;
      this.notes.push(note);
      this.#numberOf.set(note, number);
    }
    return number;
  }

  #placesOfFindings(): FindingPlaces {
    if (!this.#places?.holds(this.table)) this.#places = new FindingPlaces(this.table);
    return this.#places;
  }

  /** Makes room for everything that the table has. */
  #fit(): void {
    const { rows, findings } = this.table;
    for (const [kind, count] of [
      ['events', rows],
      ['findings', findings],
    ] as const) {
      const said = this.#said[kind];
      said.status = withRoom(said.status, count);
      said.note = withRoom(said.note, count);
    }
    this.#timeline = withRoom(this.#timeline, rows);
  }

  #weigh(kind: ItemKind): Weighed {
    const { rows, findings } = this.table;
    const key = `${this.version} ${rows} ${findings}`;
    const known = this.#weighed.get(kind);
    if (known?.key === key) return known.weighed;
    const count = kind === 'events' ? rows : findings;
    const weighed = { status: new Uint8Array(count), notes: new Uint32Array(count) };
    if (!this.#empty) {
      this.#fit();
      if (kind === 'events') this.#weighEvents(weighed);
      else this.#weighFindings(weighed);
    }
    this.#weighed.set(kind, { key, weighed });
    return weighed;
  }

  #weighEvents({ status, notes }: Weighed): void {
    const { events, findings } = this.#said;
    const { rows, hitRow } = this.table;
    for (let row = 0; row < rows; row++) notes[row] = this.noteSets.with(0, events.note[row]!);
    for (let i = 0; i < this.table.findings; i++) {
      const row = hitRow[i]!;
      if (findings.status[i]! > status[row]! + 1) status[row] = findings.status[i]! - 1;
      if (findings.note[i] !== 0) notes[row] = this.noteSets.with(notes[row]!, findings.note[i]!);
    }
    for (let row = 0; row < rows; row++) if (events.status[row] !== 0) status[row] = events.status[row]! - 1;
  }

  #weighFindings({ status, notes }: Weighed): void {
    const { events, findings } = this.#said;
    for (let i = 0; i < status.length; i++) {
      const row = this.table.hitRow[i]!;
      const mark = findings.status[i]! || events.status[row]!;
      if (mark !== 0) status[i] = mark - 1;
      notes[i] = this.noteSets.with(this.noteSets.with(0, findings.note[i]!), events.note[row]!);
    }
  }
}
