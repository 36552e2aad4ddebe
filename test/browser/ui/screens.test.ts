import { describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { setupCase } from './setup.ts';

describe('Sources', () => {
  test('tens of thousands of files, by state, with reasons in words', async () => {
    await setupCase({ events: 700, sources: 41_200 });
    await page.getByRole('tab', { name: 'Sources' }).click();
    await expect.element(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '41201');
    expect(document.querySelectorAll('[role="row"]').length).toBeLessThan(60);
    await page.getByRole('button', { name: /^refused/ }).click();
    await expect.element(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '3');
    await page.getByRole('row').nth(1).click();
    await expect
      .element(page.getByText('This is a VPC flow log, not a CloudTrail log: leave it out.').last())
      .toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Copy the SHA-256' })).toBeVisible();
  });

  test('the count of refused files leads here', async () => {
    await setupCase({ events: 700 });
    await page.getByRole('button', { name: '1 record, 2 files refused' }).click();
    await expect.element(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '3');
    // Of a file of which nothing was read, why is said, and not how many records of which account.
    await expect.element(page.getByRole('columnheader', { name: 'Remarks' })).toBeVisible();
    await expect.element(page.getByRole('columnheader', { name: 'Account' })).not.toBeInTheDocument();
    await page.getByRole('button', { name: /^all/ }).click();
    await expect.element(page.getByRole('columnheader', { name: 'Account' })).toBeVisible();
    const refused = page.getByRole('columnheader', { name: 'Refused' }).element().getBoundingClientRect();
    expect(refused.right).toBeLessThanOrEqual(1280);
  });
});

describe('Rules', () => {
  test('each of the outcomes is said in words', async () => {
    await setupCase({ events: 700 });
    await page.getByRole('tab', { name: 'Rules' }).click();
    for (const words of ['41 findings', 'not evaluated', 'error', 'none', 'off']) {
      await expect.element(page.getByRole('grid').getByText(words, { exact: true })).toBeVisible();
    }
    await expect.element(page.getByText(/^no sourceIPAddress/).first()).toBeVisible();
    await expect.element(page.getByText(/mine\/broken.yaml/)).toBeVisible();
  });

  test('an alert shows its queries, and leads to its findings', async () => {
    const { session } = await setupCase({ events: 700 });
    await page.getByRole('tab', { name: 'Rules' }).click();
    await page.getByRole('row', { name: /AdministratorAccess/ }).click();
    await expect.element(page.getByText('Query as published')).toBeVisible();
    await page.getByRole('button', { name: 'Show them' }).click();
    await vi.waitFor(() => {
      expect(session.navigation.place).toMatchObject({
        tab: 'findings',
        query: 'alert:"admin-policy-attach"',
      });
    });
  });

  test('words narrow the list', async () => {
    await setupCase({ events: 700 });
    await page.getByRole('tab', { name: 'Rules' }).click();
    await page.getByLabelText('Find alerts').fill('bucket policy');
    await expect.element(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '2');
  });
});
