import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OwnGeo } from '../../../workers/contract.ts';
import { violations } from './axe.ts';
import { setupCase, type Setup } from './setup.ts';

const PLACES: OwnGeo = {
  role: 'places',
  kind: 'country',
  name: 'My-Country\u202e',
  date: '2023-11-14',
  file: 'mine.mmdb',
  bytes: 4_200_000,
  stored: true,
};
const NETWORKS: OwnGeo = {
  ...PLACES,
  role: 'networks',
  kind: 'asn',
  name: 'My-ASN',
  date: '',
  stored: false,
};

const dialog = () => page.getByRole('dialog', { name: 'Geo databases' });

async function setupGeo(...own: OwnGeo[]): Promise<Setup> {
  const made = await setupCase({ events: 70 }, ({ cases }) => (cases.ownGeo = own));
  await page.getByRole('tab', { name: 'Sources' }).click();
  await page.getByRole('button', { name: 'Geo databases' }).click();
  await expect.element(dialog().getByText('a table of the test')).toBeVisible();
  return made;
}

describe.each(['light', 'dark'])('the geo databases, %s', (theme) => {
  beforeEach(() => {
    document.documentElement.lang = 'en';
    document.documentElement.dataset.theme = theme;
  });

  test('are the built-in one, by name, date and licence, as long as there is none of one’s own', async () => {
    await setupGeo();
    await expect
      .element(dialog())
      .toHaveTextContent('Built 2026-01-01. Countries by the test. Licence: none.');
    await expect.element(dialog().getByText('No networks')).toBeVisible();
    expect(
      dialog()
        .getByRole('button', { name: /^Remove/ })
        .elements(),
    ).toEqual([]);
    expect(await violations()).toEqual([]);
  });

  test('are those that were added, each with what it tells, how old it is and whether it is kept', async () => {
    await setupGeo(PLACES, NETWORKS);
    await expect
      .element(dialog())
      .toHaveTextContent('Tells countries. Built 2023-11-14. 4.2 MB, from mine.mmdb.');
    await expect.element(dialog()).toHaveTextContent('It does not say when it was built.');
    await expect.element(dialog().getByText(/could not be stored/)).toBeVisible();
    await expect.element(dialog().getByText(/a table of the test \(not used/)).toBeVisible();
    // A name comes from a file: what would turn the text around is shown, not obeyed.
    expect(dialog().element().textContent).not.toContain('\u202e');
    expect(await violations()).toEqual([]);
  });
});

test('a geo database is removed by keyboard, and the built-in one is back', async () => {
  const { cases } = await setupGeo(PLACES, NETWORKS);
  dialog().getByRole('button', { name: 'Remove My-Country' }).element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(dialog().getByText('not used')).not.toBeInTheDocument();
  await expect.element(dialog().getByText('My-ASN')).toBeVisible();
  expect(cases.ownGeo).toEqual([NETWORKS]);
});

test('a file that could not be read is spoken of where it was chosen', async () => {
  const { cases, ingest } = await setupGeo();
  const settle = cases.settle.bind(cases);
  vi.spyOn(cases, 'settle').mockImplementation(async () => {
    const header = await settle();
    return { ...header, refusedFiles: header.refusedFiles + 1 };
  });
  let done: () => void = () => undefined;
  ingest.until = new Promise((resolve) => (done = resolve));
  await userEvent.upload(page.getByLabelText('Add geo database'), new File(['hello'], 'notes.mmdb'));
  await expect.element(dialog().getByRole('status')).toHaveTextContent('Reading…');
  done();
  await expect.element(dialog().getByRole('status')).toHaveTextContent('Sources says why');
});
