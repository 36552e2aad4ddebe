import { expect, test } from 'vitest';
import { ACTIONS, keyTable } from '../../../src/ui/actions/index.ts';
import { capsOf, keyOf } from '../../../src/ui/actions/keys.ts';

function twice(values: readonly string[]): string[] {
  return values.filter((value, i) => values.indexOf(value) !== i);
}

test('no two actions have the same id or the same key', () => {
  expect(twice(ACTIONS.map(({ id }) => id))).toEqual([]);
  expect(twice(ACTIONS.flatMap(({ keys = [] }) => keys))).toEqual([]);
});

test('keys are spelled as a pressed key is', () => {
  const spelled = /^(?:\S \S|(?:Mod\+)?(?:Alt\+)?(?:Shift\+)?(?:[A-Z]\w+|.))$/;
  for (const { id, keys = [] } of ACTIONS) for (const key of keys) expect(key, id).toMatch(spelled);
  // A key that begins others would never come to its own.
  const all = ACTIONS.flatMap(({ keys = [] }) => keys);
  const begins = all.filter((key) => key.length === 3 && key[1] === ' ').map((key) => key[0]);
  expect(all.filter((key) => begins.includes(key))).toEqual([]);
});

test('help tells of every key', () => {
  const told = keyTable().flatMap(({ rows }) => rows.flatMap(({ keys }) => keys));
  for (const { keys = [] } of ACTIONS) expect(told).toEqual(expect.arrayContaining([...keys]));
});

test.each([
  [{ key: 'j' }, 'j'],
  [{ key: '?', shiftKey: true }, '?'],
  [{ key: 'k', ctrlKey: true }, 'Mod+k'],
  [{ key: 'K', metaKey: true, shiftKey: true }, 'Mod+Shift+k'],
  [{ key: 'ArrowDown', altKey: true }, 'Alt+ArrowDown'],
])('%o is spelled %s', (pressed, spelled) => {
  const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  expect(keyOf({ ...none, ...pressed })).toBe(spelled);
});

test.each([
  ['Mod+k', false, ['Ctrl', 'k']],
  ['Mod+k', true, ['⌘', 'k']],
  ['Mod+ ', false, ['Ctrl', 'Space']],
  ['g f', false, ['g', 'f']],
  ['+', false, ['+']],
  ['Shift+ArrowLeft', false, ['Shift', '←']],
])('%s on a keyboard (Mac: %s)', (keys, mac, caps) => {
  expect(capsOf(keys, mac)).toEqual(caps);
});
