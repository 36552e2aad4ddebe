import type { CaseApi, PreviewAnswer } from '../../workers/contract.ts';
import type { Lint } from '../core/query/index.ts';
import type { RuleLint } from '../core/rules/lint.ts';
import { withoutClauses } from '../core/rules/parameters.ts';
import { printRule } from '../core/rules/print.ts';
import type { RuleProblem } from '../core/rules/problem.ts';
import type { Rule, RuleParameter, Severity } from '../core/rules/rule.ts';
import { OWN_PACK, freeId, idFrom } from './own-alerts.ts';

/** How long typing has to pause before the case is asked what the query finds. */
const PAUSE_MS = 250;

/** Events shown of those that the query finds. */
const ROWS = 20;

export type Preview = Exclude<PreviewAnswer, { superseded: true }>;

/** An alert being written: what is in its fields, and what its query finds in the open case as it is typed. */
export class AlertDraft {
  /** ID of the own alert that this is to take the place of; '' for a new one. */
  readonly replaces: string;
  #name = $state('');
  #id = $state('');
  severity: Severity = $state('medium');
  description = $state('');
  /** Separated by commas or blanks. */
  tags = $state('');
  /** What the query finds, null before the first answer. */
  preview: Preview | null = $state.raw(null);
  /** Whether the answer on display is of an older query. */
  pending = $state(false);
  lints: Lint[] = $state.raw([]);
  /** What there is to say of the rest of it. */
  notes: RuleLint[] = $state.raw([]);
  /** When it is harmless, and what to look at first: one a line. */
  falsePositives = $state('');
  triage = $state('');
  /** Whether it is being checked before it is kept. */
  checking = $state(false);
  /** What keeps the alert from being kept. */
  problems: RuleProblem[] = $state.raw([]);

  #query = $state('');
  /** The id follows the name until it is written by hand. */
  #idByHand: boolean;
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #cases: CaseApi;
  readonly #taken: ReadonlySet<string>;
  /** What the form does not show: references, parameters. */
  readonly #base: Rule | null;
  #examples: Rule['examples'];

  /** @param taken ids of the other alerts */
  constructor(
    cases: CaseApi,
    taken: ReadonlySet<string>,
    base: Rule | null,
    replaces: string,
    query = base?.query ?? '',
  ) {
    this.#cases = cases;
    this.#taken = taken;
    this.#base = base;
    this.replaces = replaces;
    this.#idByHand = base !== null;
    this.#examples = base?.examples ?? { fires: [], quiet: [] };
    if (base !== null) {
      this.#name = base.name;
      this.#id = base.id;
      this.severity = base.severity;
      this.description = base.description;
      this.tags = base.tags.join(', ');
      this.falsePositives = base.falsePositives.join('\n');
      this.triage = base.triage.join('\n');
    }
    this.#query = query;
    void this.#ask();
  }

  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    this.#name = name;
    if (this.#idByHand) return;
    const id = idFrom(name);
    this.#id = id === '' ? '' : freeId(id, this.#taken);
  }

  get id(): string {
    return this.#id;
  }

  set id(id: string) {
    this.#id = id;
    this.#idByHand = id !== '';
  }

  get query(): string {
    return this.#query;
  }

  set query(query: string) {
    if (query === this.#query) return;
    this.#query = query;
    this.#turn++;
    this.pending = query.trim() !== '';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), PAUSE_MS);
  }

  /** Parameters of the alert that this is made of, and whether the query still ends with their clauses. */
  get parameters(): { list: readonly RuleParameter[]; kept: boolean } {
    const list = this.#base?.parameters ?? [];
    return { list, kept: withoutClauses(this.query.trim(), list) !== null };
  }

  /** Why the id cannot be used; '' when it can. */
  get idProblem(): string {
    return this.#taken.has(this.id) ? 'Another alert has this id.' : '';
  }

  /** The alert as it stands, in order or not. */
  get rule(): Rule {
    const base = this.#base;
    const { list, kept } = this.parameters;
    return {
      falsePositives: linesOf(this.falsePositives),
      triage: linesOf(this.triage),
      references: base?.references ?? [],
      examples: this.#examples,
      condition: base?.condition ?? { kind: 'immediately' },
      ...(base?.severityReason !== undefined && base.severity === this.severity
        ? { severityReason: base.severityReason }
        : {}),
      ...(base?.published === undefined ? {} : { published: base.published }),
      id: this.id.trim(),
      name: this.name.trim(),
      description: this.description.trim(),
      severity: this.severity,
      query: this.query.trim(),
      parameters: kept ? [...list] : [],
      tags: this.tags.split(/[\s,]+/).filter(Boolean),
      pack: OWN_PACK,
      version: '',
      file: '',
    };
  }

  /** Leaves out an example that the query contradicts. */
  leaveOut({ list, index }: NonNullable<RuleLint['example']>): void {
    this.#examples = { ...this.#examples, [list]: this.#examples[list].toSpliced(index, 1) };
    void this.#ask();
  }

  /** Has the alert checked as the text of a rule file. @returns it, or null when `problems` says what is wrong */
  async check(): Promise<Rule | null> {
    if (this.idProblem !== '') return null;
    this.checking = true;
    try {
      const { rules, problems } = await this.#cases.checkRules(printRule(this.rule));
      this.problems = problems;
      return problems.length === 0 ? (rules[0] ?? null) : null;
    } finally {
      this.checking = false;
    }
  }

  /** Asks nothing more, and hears no answer. */
  close(): void {
    this.#turn++;
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    const turn = ++this.#turn;
    const { query } = this;
    if (query.trim() === '') {
      this.preview = null;
      this.lints = [];
      this.notes = [];
      this.pending = false;
      return;
    }
    this.pending = true;
    try {
      const noting = this.#cases.lintRule(this.rule).then((notes) => {
        if (turn !== this.#turn) return;
        this.lints = notes.flatMap((note) => note.query ?? []);
        // What is missing can be seen in the form.
        this.notes = notes.filter(({ part, level }) => part !== 'query' && level !== 'info');
      });
      const preview = await this.#cases.preview(query, ROWS);
      await noting;
      if (turn === this.#turn && !('superseded' in preview)) this.preview = preview;
    } catch {
      // Whoever keeps the alert is told; while typing there is nothing to be done about it.
    } finally {
      if (turn === this.#turn) this.pending = false;
    }
  }
}

function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
}
