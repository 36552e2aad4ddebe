import type { CaseApi, RuleStatus } from '../../workers/contract.ts';
import type { RuleLint } from '../core/rules/lint.ts';
import { OWN_PACK } from './own-alerts.ts';

/** What is worth mending in the alerts of one's own: those that come with the page have nothing. */
export class RuleNotes {
  /** By the ID of the alert; only those of which there is something to say. */
  #found: readonly (readonly [id: string, notes: readonly RuleLint[]])[] = $state.raw([]);
  #turn = 0;
  readonly #cases: CaseApi;

  constructor(cases: CaseApi) {
    this.#cases = cases;
  }

  /** @returns what there is to say of an alert, with the gravest first; nothing as long as it was not looked at */
  of(id: string): readonly RuleLint[] {
    return this.#found.find(([one]) => one === id)?.[1] ?? [];
  }

  clear(): void {
    this.#turn++;
    this.#found = [];
  }

  /** Looks at the alerts as they are now, one after another. A newer call takes the place of an older one. */
  async look(rules: readonly RuleStatus[]): Promise<void> {
    const turn = ++this.#turn;
    const found: [string, readonly RuleLint[]][] = [];
    try {
      for (const { rule } of rules) {
        if (rule.pack !== OWN_PACK) continue;
        const notes = await this.#cases.lintRule(rule);
        if (turn !== this.#turn) return;
        if (notes.length > 0)
          found.push([rule.id, notes.toSorted((a, b) => WEIGHT[a.level] - WEIGHT[b.level])]);
      }
    } catch {
      // The alerts can be used without; whatever else is asked of the worker will tell what is wrong.
      return;
    }
    this.#found = found;
  }
}

const WEIGHT: Record<RuleLint['level'], number> = { error: 0, warning: 1, info: 2 };
