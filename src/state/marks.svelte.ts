import type {
  CaseApi,
  Mark,
  MarkAnswer,
  MarkChange,
  MarkDone,
  MarkTarget,
  MarkTotals,
} from '../../workers/contract.ts';
import { plural } from '../core/text/format.ts';
import type { Problems } from './problems.svelte.ts';

/** What is about to be marked, and how it is marked so far. */
export interface MarkSubject {
  target: MarkTarget;
  /** Findings or events. */
  count: number;
  noun: 'finding' | 'event';
  /** null: they differ, or are too many to tell. */
  mark: Mark | null;
  note: string;
}

/** What was just done, for as long as it is said. */
export interface MarkSaid {
  /** Counts up, so that the same words are said again. */
  number: number;
  text: string;
  /** Whether it can be taken back. */
  undo: boolean;
}

/** Marking: what is asked for, what was done, and taking it back. One act goes on after another. */
export class Marks {
  /** What the mark menu is open for. */
  asked: MarkSubject | null = $state.raw(null);
  said: MarkSaid | null = $state.raw(null);
  #queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly cases: CaseApi,
    private readonly problems: Problems,
    private readonly changed: (totals: MarkTotals) => void,
  ) {}

  clear(): void {
    this.asked = null;
    this.said = null;
  }

  ask(subject: MarkSubject | null): void {
    if (subject !== null && subject.count > 0) this.asked = subject;
  }

  mark(target: MarkTarget, change: MarkChange): Promise<void> {
    return this.#do(() => this.cases.mark(target, change), wordsFor, true);
  }

  undo(): Promise<void> {
    return this.#do(
      () => this.cases.undoMark(),
      (done) => `Taken back: ${wordsFor(done)}`,
      false,
    );
  }

  redo(): Promise<void> {
    return this.#do(() => this.cases.redoMark(), wordsFor, true);
  }

  #do(ask: () => Promise<MarkAnswer>, words: (done: MarkDone) => string, undo: boolean): Promise<void> {
    this.#queue = this.#queue.then(async () => {
      try {
        const answer = await ask();
        if (answer.ok) this.changed(answer.marks);
        const text = answer.ok ? words(answer.done) : answer.message;
        this.said = { number: (this.said?.number ?? 0) + 1, text, undo: answer.ok && undo };
      } catch (error) {
        this.problems.report('Marking', error);
      }
    });
    return this.#queue;
  }
}

/** What was done, in words: `12 findings marked malicious, with a note`. */
export function wordsFor({ findings, events, status, note, timeline }: MarkDone): string {
  const whom = [
    ...(findings > 0 ? [plural(findings, 'finding')] : []),
    ...(events > 0 ? [plural(events, 'event')] : []),
  ].join(' and ');
  if (timeline !== null) return `${whom} ${timeline ? 'put on' : 'taken off'} the timeline`;
  const noted = note === null ? '' : note === '' ? 'note removed' : 'note kept';
  if (status === null) return `${whom}: ${noted}`;
  return `${whom} marked ${status}${noted === '' ? '' : `, ${noted}`}`;
}
