import { expect, test } from 'vitest';
import { Answers, type Answer } from '../../workers/case/answers.ts';
import type { OpenCase } from '../../workers/case/open-case.ts';

test('of answers that were worked out, those stay that are come back to', () => {
  const answers = new Answers({} as OpenCase);
  const answer = (): Answer => ({ items: new Uint32Array(0), facts: {} as Answer['facts'] });
  const everything = answer();
  answers.put('no filter', everything);
  for (const filter of ['a', 'b', 'c', 'd', 'e', 'f']) {
    answers.put(filter, answer());
    expect(answers.get('no filter')).toBe(everything);
  }
  expect(answers.get('a')).toBeUndefined();
  expect(answers.get('f')).toBeDefined();
});
