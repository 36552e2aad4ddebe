/** What the command palette offers: everything that can be done, and everywhere one can go. */
import { clauseFor } from '../../core/table/clause.ts';
import { fuzzy } from '../../state/fuzzy.ts';
import type { Session } from '../../state/session.svelte.ts';
import { ACTIONS } from '../actions/index.ts';
import { capsOf } from '../actions/keys.ts';
import { count, days, plural } from '../parts/format.ts';
import { visible } from '../parts/visible.ts';

export interface PaletteItem {
  id: string;
  /** What sort of thing it is, in a word. */
  kind: string;
  /** What is looked for, and shown; hidden characters are visible in it. */
  title: string;
  /** More about it, which is not looked for. */
  about: string;
  caps: readonly string[];
  run: () => void;
}

/** An item that was found, with the places in its title that were looked for. */
export interface FoundItem extends PaletteItem {
  at: readonly number[];
}

/** What is possible as things are, in the order in which it stands when nothing is looked for. */
export function paletteItems(session: Session): PaletteItem[] {
  const actions = ACTIONS.filter(({ unlisted, possible }) => !unlisted && (possible?.(session) ?? true)).map(
    ({ id, title, group, keys = [], run }): PaletteItem => ({
      id,
      kind: group,
      title,
      about: '',
      caps: keys[0] === undefined ? [] : capsOf(keys[0]),
      run: () => {
        session.preferences.used(id);
        run(session);
      },
    }),
  );
  const recent = new Map(session.preferences.recent.map((id, place) => [id, place]));
  const place = ({ id }: PaletteItem): number => recent.get(id) ?? Infinity;
  return [
    ...actions.filter((item) => recent.has(item.id)).sort((a, b) => place(a) - place(b)),
    ...actions.filter((item) => !recent.has(item.id)),
    ...filters(session),
    ...cases(session),
    ...alerts(session),
  ];
}

/** Those whose title has the letters of `wanted`, the best first; all of them, as they stand, when it is blank. */
export function findItems(items: readonly PaletteItem[], wanted: string): FoundItem[] {
  if (wanted.trim() === '') return items.map((item) => ({ ...item, at: [] }));
  return items
    .flatMap((item, place) => {
      const match = fuzzy(wanted, item.title);
      return match ? [{ item: { ...item, at: match.at }, score: match.score, place }] : [];
    })
    .sort((a, b) => b.score - a.score || a.place - b.place)
    .map(({ item }) => item);
}

function filters({ header, navigation }: Session): PaletteItem[] {
  return (header?.filters ?? []).map(({ name, query }) => ({
    id: `filter ${name}`,
    kind: 'Saved filter',
    title: visible(name),
    about: visible(query),
    caps: [],
    run: () => {
      navigation.go({ ...(onRows(navigation.tab) ? {} : { tab: 'findings' }), query, event: null });
    },
  }));
}

function cases(session: Session): PaletteItem[] {
  if (session.ingestion.busy) return [];
  return session.summaries
    .filter(({ id }) => id !== session.header?.id)
    .map(({ id, name, events, from, to }) => ({
      id: `case ${id}`,
      kind: 'Case',
      title: visible(name),
      about: [plural(events, 'event'), Number.isFinite(from) ? days(from, to) : '']
        .filter(Boolean)
        .join(', '),
      caps: [],
      run: () => void session.open(id, false),
    }));
}

/** Each alert with its findings, where it has any, and as a rule. */
function alerts({ phase, navigation, rules }: Session): PaletteItem[] {
  if (phase.at !== 'case') return [];
  return (rules.answer?.rules ?? []).flatMap(({ rule, outcome }): PaletteItem[] => {
    const asRule: PaletteItem = {
      id: `rule ${rule.id}`,
      kind: 'Rule',
      title: visible(rule.name),
      about: outcome.kind === 'hits' ? '' : OUTCOMES[outcome.kind],
      caps: [],
      run: () => {
        rules.chosen = rule.id;
        navigation.go({ tab: 'rules' });
      },
    };
    if (outcome.kind !== 'hits') return [asRule];
    const found: PaletteItem = {
      ...asRule,
      id: `alert ${rule.id}`,
      kind: 'Alert',
      about: `${count(outcome.count)} ${outcome.count === 1 ? 'finding' : 'findings'}`,
      run: () => {
        navigation.go({ tab: 'findings', query: clauseFor('alert', rule.id), event: null });
      },
    };
    return [found, asRule];
  });
}

const OUTCOMES = {
  none: 'no findings',
  unevaluable: 'could not be evaluated',
  error: 'has an error',
  off: 'switched off',
} as const;

function onRows(tab: string): boolean {
  return tab === 'findings' || tab === 'events';
}
