import type { CaseApi, RuleSettings, RulesAnswer } from '../../workers/contract.ts';
import type { RuleProblem } from '../core/rules/problem.ts';
import type { Rule } from '../core/rules/rule.ts';
import { AlertDraft } from './alert-draft.svelte.ts';
import { OWN_PACK, freeId, idsOf, sortImported, withAlert, withoutAlert } from './own-alerts.ts';
import { RuleNotes } from './rule-notes.svelte.ts';
import type { Problems } from './problems.svelte.ts';

const AS_SHIPPED: RuleSettings = { off: [], profile: 'corrected', values: {}, own: [] };

/** A file larger than this holds no alerts; the reader of rules refuses far smaller ones, with their place. */
const LARGEST_FILE = 16_000_000;

/** What came of files that were imported. */
export interface ImportReport {
  added: number;
  replaced: number;
  same: number;
  problems: RuleProblem[];
}

/** The alerts with what came of each on this case, and what the person sets for them. */
export class Rules {
  answer: RulesAnswer | null = $state.raw(null);
  /** ID of the alert that is shown in full, '' for none. */
  chosen = $state('');
  /** Whether parameters are shown in its place. */
  settingsShown = $state(false);
  /** The alert being written. It stays while other screens are looked at. */
  draft: AlertDraft | null = $state.raw(null);
  imported: ImportReport | null = $state.raw(null);
  /** Records read of all that have to be while alerts are matched anew. */
  progress: { done: number; total: number } | null = $state.raw(null);

  /** What is worth mending in them. */
  readonly notes: RuleNotes;

  /** Settings on their way into force. */
  #wanted: RuleSettings | null = $state.raw(null);
  #running: Promise<void> | null = null;
  #cases: CaseApi;
  #problems: Problems;
  #onchange: () => Promise<void>;
  #turn = 0;

  /** @param onchange called when other findings are in force */
  constructor(cases: CaseApi, problems: Problems, onchange: () => Promise<void>) {
    this.#cases = cases;
    this.#problems = problems;
    this.notes = new RuleNotes(cases);
    this.#onchange = onchange;
  }

  clear(): void {
    this.#turn++;
    this.answer = null;
    this.chosen = '';
    this.settingsShown = false;
    this.draft?.close();
    this.draft = null;
    this.imported = null;
    this.notes.clear();
    this.#wanted = null;
    this.#running = null;
    this.progress = null;
  }

  async load(): Promise<void> {
    const turn = this.#turn;
    try {
      const answer = await this.#cases.rules();
      if (turn !== this.#turn) return;
      this.answer = answer;
      void this.notes.look(answer.rules);
    } catch (error) {
      if (turn === this.#turn) this.#problems.report('Listing the alerts', error);
    }
  }

  // ------------------------------------------------------------------------------------------ settings

  /** The settings as the person has them, which may be ahead of those that findings are of. */
  get settings(): RuleSettings {
    return this.#wanted ?? this.answer?.settings ?? AS_SHIPPED;
  }

  /** Whether alerts are being matched anew. */
  get changing(): boolean {
    return this.#wanted !== null;
  }

  isOn(id: string): boolean {
    return !this.settings.off.includes(id);
  }

  switch(id: string, on: boolean): void {
    const off = this.settings.off.filter((one) => one !== id);
    void this.change({ ...this.settings, off: on ? off : [...off, id] });
  }

  setProfile(profile: RuleSettings['profile']): void {
    if (profile !== this.settings.profile) void this.change({ ...this.settings, profile });
  }

  /** The values of a parameter that are in force, or are to be. */
  valuesOf(name: string, usual: readonly string[]): readonly string[] {
    return this.settings.values[name] ?? usual;
  }

  /** Sets the values of a parameter; null goes back to the alert's own. */
  setValues(name: string, values: string[] | null): void {
    const { [name]: _, ...others } = this.settings.values;
    void this.change({
      ...this.settings,
      values: values === null ? others : { ...others, [name]: values },
    });
  }

  /**
   * Puts settings in force and has the findings found anew. Of several that come while this goes on only the last is
   * carried out. Resolves when nothing is left to do.
   */
  change(settings: RuleSettings): Promise<void> {
    this.#wanted = settings;
    this.#running ??= this.#carryOut();
    return this.#running;
  }

  /** Resolves when the findings are those of the settings. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /** Told how far the case worker is. */
  evaluating(done: number, total: number): void {
    this.progress = { done, total };
  }

  /** Told that nothing is being matched any more that was not asked for here (other geo databases are in use). */
  matched(): void {
    if (!this.changing) this.progress = null;
  }

  async #carryOut(): Promise<void> {
    const turn = this.#turn;
    const wanted = (): RuleSettings | null => (turn === this.#turn ? this.#wanted : null);
    try {
      for (let asked = wanted(); asked !== null; asked = wanted()) {
        const answer = await this.#cases.setRules(asked);
        if (turn !== this.#turn) return;
        this.progress = null;
        this.answer = answer;
        void this.notes.look(answer.rules);
        await this.#onchange();
        if (wanted() === asked) this.#wanted = null;
      }
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#wanted = null;
      this.progress = null;
      this.#problems.report('Matching the alerts anew', error);
    }
    if (turn === this.#turn) this.#running = null;
  }

  // ---------------------------------------------------------------------------------------- own alerts

  get all(): Rule[] {
    return this.answer?.rules.map(({ rule }) => rule) ?? [];
  }

  /** Shows one alert, or none for ''. */
  show(id: string): void {
    this.chosen = id;
    this.settingsShown = false;
  }

  /** Begins an alert: an empty one, one with this query, or a copy of `rule`. */
  begin(start: { query: string } | { copyOf: Rule } | { edit: Rule }): AlertDraft {
    this.draft?.close();
    const taken = idsOf(this.all, 'edit' in start ? start.edit.id : '');
    if ('edit' in start) {
      this.draft = new AlertDraft(this.#cases, taken, start.edit, start.edit.id);
    } else if ('copyOf' in start) {
      const { published: _, ...rule } = start.copyOf;
      const copy: Rule = {
        ...rule,
        id: freeId(`${rule.id}-own`, taken),
        name: `${rule.name} (own)`,
        // They show what the original is for.
        examples: { fires: [], quiet: [] },
      };
      this.draft = new AlertDraft(this.#cases, taken, copy, '');
    } else {
      this.draft = new AlertDraft(this.#cases, taken, null, '', start.query);
    }
    this.settingsShown = false;
    return this.draft;
  }

  /** Begins to write an alert with a repaired query: the alert itself when it is one's own, else a copy of it. */
  repair(rule: Rule, query: string): void {
    this.begin(rule.pack === OWN_PACK ? { edit: rule } : { copyOf: rule }).query = query;
  }

  discard(): void {
    this.draft?.close();
    this.draft = null;
  }

  /** Keeps the alert being written, unless something in it is not in order: the draft then says what. */
  async keep(): Promise<void> {
    const { draft } = this;
    const rule = await draft?.check().catch((error: unknown) => {
      this.#problems.report('Checking the alert', error);
      return null;
    });
    if (!draft || !rule || this.draft !== draft) return;
    this.discard();
    this.chosen = rule.id;
    await this.change(withAlert(this.settings, rule, draft.replaces || rule.id));
  }

  remove(id: string): void {
    if (this.chosen === id) this.chosen = '';
    if (this.draft?.replaces === id) this.discard();
    void this.change(withoutAlert(this.settings, id));
  }

  /** Adds the alerts in files; what is wrong in them is told in `imported`. */
  async import(files: readonly File[]): Promise<void> {
    const report: ImportReport = { added: 0, replaced: 0, same: 0, problems: [] };
    const kept: Rule[] = [];
    let known = this.all;
    try {
      for (const file of files) {
        if (file.size > LARGEST_FILE) {
          const message = 'This file is too large to hold alerts.';
          report.problems.push({ file: file.name, line: 1, column: 1, message, picture: '' });
          continue;
        }
        const text = await file.text();
        const { rules, problems } = await this.#cases.checkRules(text);
        const sorted = sortImported(file.name, text, rules, known);
        const taken = [...sorted.added, ...sorted.replaced].map((rule) => ({ ...rule, pack: OWN_PACK }));
        kept.push(...taken);
        // Of two files with the same alert the later one stands.
        known = [...known.filter(({ id }) => !taken.some((rule) => rule.id === id)), ...taken];
        report.added += sorted.added.length;
        report.replaced += sorted.replaced.length;
        report.same += sorted.same;
        report.problems.push(
          ...problems.map((problem) => ({ ...problem, file: file.name })),
          ...sorted.problems,
        );
      }
    } catch (error) {
      this.#problems.report('Importing alerts', error);
      return;
    }
    this.imported = report;
    if (kept.length === 0) return;
    await this.change(kept.reduce((settings, rule) => withAlert(settings, rule), this.settings));
  }
}
