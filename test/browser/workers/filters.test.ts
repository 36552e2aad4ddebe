import { expect, it } from 'vitest';
import { create, openPage } from './support.ts';

it('filters kept under a name come back with the case', async () => {
  const page = openPage();
  const id = await create(page);
  await page.cases.saveFilter('Denied', 'outcome:denied');
  await page.cases.saveFilter('Root', 'principal:root');
  await page.cases.saveFilter('Denied', 'errorCode:AccessDenied');
  await page.cases.removeFilter('Root');
  page.worker.terminate();
  const again = openPage();
  const answer = await again.cases.open(id, false);
  expect(answer.ok && answer.header.filters).toEqual([{ name: 'Denied', query: 'errorCode:AccessDenied' }]);
  expect(await again.cases.removeFilter('Denied')).toEqual([]);
  expect((await again.cases.header())?.filters).toEqual([]);
});
