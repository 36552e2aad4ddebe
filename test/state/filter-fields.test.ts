import { expect, test } from 'vitest';
import type { Completion } from '../../src/core/query/index.ts';
import { withFilterFields } from '../../src/state/filter-fields.ts';

function field(label: string, from: number, to: number): Completion {
  return { kind: 'field', label, detail: '', from, to, insert: `${label}:` };
}

function labels(text: string, found: readonly Completion[]): string[] {
  return withFilterFields(found, text, text.length, []).map(({ label }) => label);
}

test('the filter’s own fields come first where a field may begin', () => {
  expect(labels('', [field('eventName', 0, 0)]).slice(0, 2)).toEqual(['severity', 'alert']);
  expect(labels('mar', [])).toEqual(['mark']);
});

test('a path that goes on names a field of the record', () => {
  expect(labels('userIdentity.', [field('userIdentity.type', 0, 13)])).toEqual(['userIdentity.type']);
  expect(labels('NOT userIdentity.ty', [field('userIdentity.type', 4, 19)])).toEqual(['userIdentity.type']);
});
