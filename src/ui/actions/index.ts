import { GROUPS, type Action } from './action.ts';
import { CONTROL_KEYS } from './controls.ts';
import { ENTITIES } from './entities.ts';
import { EXPORTS } from './exports.ts';
import { FILTER } from './filter.ts';
import { GO } from './go.ts';
import { MARKING } from './marks.ts';
import { PAGE } from './page.ts';
import { RECORD } from './record.ts';
import { ROWS } from './rows.ts';

/** Everything that can be done from anywhere. Keys, help and the command palette know of nothing else. */
export const ACTIONS: readonly Action[] = [
  ...GO,
  ...ROWS,
  ...RECORD,
  ...MARKING,
  ...ENTITIES,
  ...FILTER,
  ...EXPORTS,
  ...PAGE,
];

/** The keys to tell of in help, under their headings. */
export function keyTable(): { group: string; rows: { keys: readonly string[]; title: string }[] }[] {
  return GROUPS.map((group) => ({
    group,
    rows: [...ACTIONS, ...CONTROL_KEYS].flatMap(({ group: own, keys, title }) =>
      own === group && keys !== undefined && keys.length > 0 ? [{ keys, title }] : [],
    ),
  })).filter(({ rows }) => rows.length > 0);
}
