import { count } from '../bytes/limits.ts';
import type { ByteReport } from '../bytes/gzip.ts';
import type { LogOutcome } from './sink.ts';
import { ReadError } from './source.ts';
import type { Wrapping } from './wrapped/unwrap.ts';

/** Thrown by a reader when the text is nothing that can be read: the log ends as refused with this sentence. */
export class Refusal extends Error {
  readonly format: string;

  /** @param format what it is, in words; '' when that is unknown */
  constructor(format: string, sentence: string) {
    super(sentence);
    this.format = format;
  }
}

/** Thrown when the person cancelled: what was read stays. */
export class Cancelled extends Error {
  constructor() {
    super('Reading was stopped before the end of the file.');
  }
}

/** At most so many places of damage are named one by one. */
const NAMED_PLACES = 3;

/** What happens while one log is read, and what it comes to at the end. */
export class Journal implements ByteReport {
  /** Damage to the bytes: gzip, zip, tar. */
  readonly damage: string[] = [];
  readonly notes: string[] = [];
  formatId = '';
  format = '';
  inflated = 0;
  /** Records taken. */
  records = 0;
  /** Records found that could not be read. */
  refused = 0;
  /** Set when the text ends too early: one sentence. */
  cutOff = '';
  #places: string[] = [];
  #morePlaces = 0;

  /** Notes something once. */
  note(sentence: string): void {
    if (!this.notes.includes(sentence)) this.notes.push(sentence);
  }

  /** A record was found in a wrapping: the first one names the log. All of them are taken off by the same `unwrap`. */
  wrappedIn(wrapping: Wrapping): void {
    this.formatId ||= wrapping.id;
    this.format ||= wrapping.name;
    if (wrapping.note !== '') this.note(wrapping.note);
  }

  /** A record that could not be read. @param offset where in the text it begins */
  broken(offset: number, what: string): void {
    this.refused++;
    this.place(offset, `record ${(this.records + this.refused).toLocaleString('en-US')} ${what}`);
  }

  /** Text that could not be read, at this offset. */
  place(offset: number, what: string): void {
    if (this.#places.length < NAMED_PLACES)
      this.#places.push(`${what} (byte ${offset.toLocaleString('en-US')})`);
    else this.#morePlaces++;
  }

  /** What was taken for damage is none: the text is no log at all. */
  noLog(): void {
    this.#places = [];
    this.#morePlaces = 0;
  }

  /** The text ends within a record. @param offset where in the text that begins */
  cutOffWithin(offset: number): void {
    this.refused++;
    const record = (this.records + this.refused).toLocaleString('en-US');
    this.cutOff = `The text is cut off: it ends within record ${record} (byte ${offset.toLocaleString('en-US')}).`;
  }

  get damaged(): boolean {
    return this.damage.length > 0 || this.#places.length > 0 || this.cutOff !== '';
  }

  /**
   * The outcome.
   *
   * @param stopped why reading ended before the end, null when it did not
   * @param salvaged whether anything could be used
   */
  outcome(stopped: Error | null, salvaged = this.records > 0): LogOutcome {
    const troubles = [...this.damage, this.#describePlaces(), this.cutOff, stopped?.message ?? ''].filter(
      Boolean,
    );
    let state: LogOutcome['state'] = 'analysed';
    if (troubles.length > 0) state = salvaged ? 'partial' : 'refused';
    if (stopped instanceof Refusal && stopped.format !== '') this.format = stopped.format;
    let reason = troubles.join(' ');
    if (state === 'partial' && this.records > 0) reason += ` ${count(this.records, 'record')} could be read.`;
    if (state === 'refused' && this.refused > 0) reason += ' No record could be read.';
    if (state === 'analysed' && this.records === 0 && this.notes.length === 0)
      this.note('It holds no records.');
    return {
      state,
      formatId: state === 'refused' ? '' : this.formatId,
      format: this.format,
      unfinished: stopped instanceof Cancelled || stopped instanceof ReadError,
      inflated: stopped instanceof Refusal ? 0 : this.inflated,
      refusedRecords: this.refused,
      reason,
      notes: this.notes,
    };
  }

  #describePlaces(): string {
    if (this.#places.length === 0) return '';
    const more = this.#morePlaces > 0 ? ` and ${count(this.#morePlaces, 'more place')}` : '';
    return `Damaged text: ${this.#places.join(', ')}${more}.`;
  }
}
