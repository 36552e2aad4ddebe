/**
 * What attackers write into user agents, names and file names is shown as text, visibly, wherever it is shown: no markup
 * comes of it, nothing in it hides or reorders what stands beside it, and no cell of an export becomes a formula.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { newFolder } from './support/folder.ts';
import { openPage, type TestPage } from './support/page.ts';
import { record } from './support/records.ts';
import { SOON, exportRows, gridRows, rowsInSight, sourcesInSight } from './support/screen.ts';

const MARKUP = `"><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>`;
/** Each with how the page has to show it. */
const TEXTS = {
  markup: [MARKUP, MARKUP],
  bidi: ['ua\u202Egnp.exe\u2066x\u2069\u200F', 'ua<U+202E>gnp.exe<U+2066>x<U+2069><U+200F>'],
  hidden: ['a\u200Bb\uFEFFc\u{E0041}d', 'a<U+200B>b<U+FEFF>c<U+E0041>d'],
  control: ['red\u001B[31m\u0000\u007Fend\r\nnext', 'red␛[31m␀␡end␍␊next'],
  surrogate: ['lone\uD800end', 'lone<U+D800>end'],
  hebrew: ['\u05D0\u05D1\u05D2 123', '\u05D0\u05D1\u05D2 123'],
  formula: ['=HYPERLINK("http://evil.example","x")', '=HYPERLINK("http://evil.example","x")'],
  plus: ['+1+cmd|x', '+1+cmd|x'],
  minus: ['-1-cmd|x', '-1-cmd|x'],
  at: ['@SUM(1)', '@SUM(1)'],
  tab: ['\t=1+1', '␉=1+1'],
} as const;
const KINDS = Object.keys(TEXTS) as (keyof typeof TEXTS)[];
/** A folder cannot be named with a NUL or a slash: the rest of what is hostile is in it. */
const FOLDER = `=evil\u202Egnp<img src=x onerror=hacked()>`;
const LONG = 'L'.repeat(102_400);

/** Every kind of text in every field that a person reads, and one value of 100 kB. */
function log(): string {
  const records = [...KINDS, 'long' as const].map((kind, n) => {
    const text = kind === 'long' ? LONG : TEXTS[kind][0];
    const plain = record(n);
    const identity = plain['userIdentity'] as object;
    return {
      ...plain,
      userIdentity: { ...identity, userName: text, arn: `arn:aws:iam::111122223333:user/${kind}` },
      userAgent: text,
      eventName: text,
      eventSource: text,
      sourceIPAddress: text,
      errorCode: text,
      errorMessage: text,
      requestParameters: { [text.slice(0, 100)]: text, note: [text] },
    };
  });
  return JSON.stringify({ Records: records });
}

let page: TestPage;

beforeAll(async () => {
  page = await openPage({ browser: 'chromium', scheme: 'http', width: 1920 });
  await page.drop([`${newFolder({ [`${FOLDER}/log.json`]: log() })}/${FOLDER}`]);
  await page.waitDone();
});

/** Whatever on the page is not as it must be, as one line each. */
function wrongs(): Promise<string[]> {
  return page.evaluate(() => {
    const HIDDEN =
      /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]|[\u{E0000}-\u{E007F}]|\p{Cs}/u;
    const found: string[] = [];
    const say = (what: string, text: string): void =>
      void found.push(`${what}: ${JSON.stringify(text.slice(0, 160))}`);
    if ('hacked' in window) found.push('a script of the log ran');
    if (HIDDEN.test(document.title)) say('page title', document.title);
    for (const element of document.querySelectorAll('*')) {
      if (
        /^(?:img|iframe|object|embed|base|meta|link|form)$/i.test(element.tagName) &&
        element.closest('body')
      ) {
        say('element', element.outerHTML);
      }
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name)) say('handler', element.outerHTML);
        if (HIDDEN.test(value)) say(`attribute ${name}`, value);
      }
      if (element instanceof HTMLInputElement && HIDDEN.test(element.value)) say('input', element.value);
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.nodeValue ?? '';
      if (node.parentElement?.closest('script, style')) continue;
      if (HIDDEN.test(text)) say('text', text);
      if (!/[\u0590-\u05FF]/.test(text)) continue;
      // What is written from right to left stands alone: in a bdi or a box of its own.
      let around = node.parentElement;
      while (around && getComputedStyle(around).display === 'inline') {
        if (getComputedStyle(around).unicodeBidi === 'isolate') break;
        around = around.parentElement;
      }
      const isolated = around !== null && getComputedStyle(around).unicodeBidi === 'isolate';
      if (!isolated && around?.textContent.trim() !== text.trim())
        say('not isolated', around?.outerHTML ?? text);
    }
    return found;
  }, null);
}

describe('hostile text', () => {
  test('in the grid', async () => {
    await page.click('tab', 'Events');
    await expect.poll(() => gridRows(page), SOON).toBe(KINDS.length + 1);
    const cells = (await rowsInSight(page)).map((row) => [row['Action'], row['Source address']]);
    for (const kind of KINDS) {
      const shown = TEXTS[kind][1].trim().replace(/\s+/g, ' ');
      expect(cells, kind).toContainEqual([shown, shown]);
    }
    expect(await wrongs()).toEqual([]);
    await page.screenshot('hostile-grid');
  });

  test('in the side list, and in the filter that a click on it writes', async () => {
    const driver = page.driver.chromium!;
    const list = driver.getByRole('list', { name: 'Source address', exact: true });
    await driver.getByRole('textbox', { name: 'Find among the values of Source address' }).fill('gnp');
    await list.getByRole('button', { name: `${TEXTS.bidi[1]}, 1`, exact: true }).click();
    await expect.poll(() => gridRows(page), SOON).toBe(1);
    const filter = driver.getByRole('searchbox', { name: 'Filter', exact: true });
    expect(await filter.inputValue()).toBe(
      'sourceIPAddress.keyword:"ua\\u202egnp.exe\\u2066x\\u2069\\u200f"',
    );
    expect(await wrongs()).toEqual([]);
    // A line break, which an input would swallow, is asked for as well.
    await filter.fill('sourceIPAddress.keyword:"red\\u001b[31m\\u0000\\u007fend\\u000d\\u000anext"');
    await page.press('Enter');
    await expect.poll(async () => (await rowsInSight(page))[0]?.['Action'], SOON).toBe(TEXTS.control[1]);
    await filter.fill('');
    await page.press('Enter');
    await expect.poll(() => gridRows(page), SOON).toBe(KINDS.length + 1);
  });

  test('in the open record, as read, as written and as logged', async () => {
    const driver = page.driver.chromium!;
    for (const [n, kind] of KINDS.entries()) {
      await page.evaluate((event) => void (location.hash = `#v1?tab=events&event=${event}`), n);
      const shown = TEXTS[kind][1];
      const region = driver.getByRole('region', { name: 'Contents of the record' });
      await expect
        .poll(() => region.evaluate((element) => element.textContent), { ...SOON, message: kind })
        .toContain(`User agent ${shown}`);
      const request = driver.getByRole('tree', { name: 'Request' });
      expect((await request.innerText()).replaceAll('\n', ''), kind).toContain(`note`);
      await driver.getByRole('button', { name: 'As logged', exact: true }).click();
      expect(await wrongs(), kind).toEqual([]);
      await driver.getByRole('button', { name: 'Laid out', exact: true }).click();
      expect(await wrongs(), kind).toEqual([]);
      if (kind === 'bidi' || kind === 'hebrew') await page.screenshot(`hostile-detail-${kind}`);
    }
  });

  test('of 100 kB is folded', async () => {
    const driver = page.driver.chromium!;
    await page.evaluate((event) => void (location.hash = `#v1?tab=events&event=${event}`), KINDS.length);
    await driver.getByRole('button', { name: 'show all (102,400 characters)' }).first().waitFor();
    const region = driver.getByRole('region', { name: 'Contents of the record' });
    expect((await region.evaluate((element) => element.textContent)).length).toBeLessThan(40_000);
  });

  test('in the name of a file, of the case, and of the page', async () => {
    const [source] = await sourcesInSight(page);
    expect(source?.file).toContain('=evil<U+202E>gnp<img src=x onerror=hacked()>');
    expect(await page.evaluate(() => document.title, null)).toBe(
      '=evil<U+202E>gnp<img src=x onerror=hacked()> – Trailsift',
    );
    expect(await wrongs()).toEqual([]);
    await page.screenshot('hostile-sources');
  });

  test('in a CSV: no formula, nothing hidden', async () => {
    await page.click('tab', 'Events');
    await expect.poll(() => gridRows(page), SOON).toBe(KINDS.length + 1);
    const { rows } = await exportRows(page);
    const cells = rows.flatMap((row) => Object.values(row));
    expect(cells).toContain(`'${TEXTS.formula[0]}`);
    expect(cells).toContain("'+1+cmd|x");
    expect(cells.filter((cell) => /^[\s]*[=+\-@]|^[\t\r\n]/.test(cell))).toEqual([]);
    expect(cells.filter((cell) => /(?![\t\r\n])[\p{Cc}\p{Cf}\p{Cs}]/u.test(cell))).toEqual([]);
  });

  test('made the page do nothing that it must not do', async () => {
    expect(await page.complaints()).toEqual({ requests: [], violations: [], errors: [] });
  });
});
