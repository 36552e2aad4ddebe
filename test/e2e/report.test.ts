/** What leaves the page for people and for programs: the report, opened from a file, and findings as JSON. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleIncident, sampleTruth } from '../../src/core/sample/index.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { openPage, type TestPage } from './support/page.ts';
import { SOON, exportRows, gridRows } from './support/screen.ts';

const truth = sampleTruth();
const findings = [...truth.expected].flatMap(([event, rules]) => rules.map((rule) => `${event} ${rule}`));
const folder = mkdtempSync(join(tmpdir(), 'trailsift-report-'));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.each([
  { browser: 'chromium', scheme: 'file' },
  { browser: 'firefox', scheme: 'http' },
] as const)('in $browser from $scheme', (way) => {
  let page: TestPage;

  beforeAll(async () => {
    page = await openPage(way);
    await page.click('button', 'Try the sample incident');
    await page.waitDone({ files: sampleIncident().length });
  });

  afterAll(() => page.close());

  async function report(format: 'HTML' | 'Markdown'): Promise<{ name: string; text: string }> {
    await page.click('button', 'Report');
    const choice = {
      HTML: 'HTML, one file, to be read and printed',
      Markdown: 'Markdown, for a ticket or a wiki',
    };
    await page.click('radio', choice[format]);
    const { name, bytes } = await page.download(() => page.click('button', 'Save the report'));
    return { name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  }

  test('findings as JSON are those of the CSV, with evidence', async () => {
    await expect.poll(() => gridRows(page), SOON).toBe(findings.length);
    const { rows } = await exportRows(page);
    const { name, bytes } = await page.download(() => page.click('button', 'Export JSON'));
    expect(name).toBe('Sample-incident-findings.jsonl');
    const lines = new TextDecoder('utf-8', { fatal: true })
      .decode(bytes)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const key = (row: Record<string, unknown>): string =>
      JSON.stringify(Object.keys(rows[0]!).map((column) => String(row[column] ?? '')));
    expect(lines.map(key).sort()).toEqual(rows.map(key).sort());
    const texts = new Map(sampleIncident().map(({ path, text }) => [path.split('/').at(-1), text]));
    for (const line of lines) {
      const text = texts.get(String(line['source_file']).split('/').at(-1))!;
      expect(createHash('sha256').update(text).digest('hex')).toBe(line['source_sha256']);
      const { Records } = JSON.parse(text) as { Records: { eventID: string }[] };
      expect(Records[Number(line['record_index'])]!.eventID).toBe(line['event_id']);
      expect(line['conditions']).toContainEqual(expect.objectContaining({ outcome: 'matched' }));
    }
  });

  test('a report names every alert that fired, and is Markdown, too', async () => {
    const { name, text } = await report('Markdown');
    expect(name).toBe('Sample-incident-report.md');
    const fired = new Set(findings.map((finding) => finding.split(' ')[1]!));
    expect(text).toContain(`**${String(findings.length)} findings of ${String(fired.size)} alerts in`);
    for (const id of fired)
      expect(text).toMatch(new RegExp(`- \\*\\*Alert:\\*\\* \`${id}\`, \\w+, version \`[0-9a-f]{12}\``));
  });

  test('a report is one file that opens from a disk, asks for nothing and breaks no rule of its own', async () => {
    const { name, text } = await report('HTML');
    expect(name).toBe('Sample-incident-report.html');
    const path = join(folder, `${way.browser}.html`);
    writeFileSync(path, text);
    expect(await page.complaints()).toEqual({ requests: [], violations: [], errors: [] });

    const asked = page.driver.witness.requests.length;
    const url = pathToFileURL(path).href;
    await page.driver.goto(url);
    const seen = await page.evaluate(
      () => ({
        title: document.title,
        alerts: document.querySelectorAll('h4').length,
        line: getComputedStyle(document.querySelector('h2')!).borderBottomStyle,
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        violations: window.trailsiftTest.violations,
      }),
      null,
    );
    // Its style holds, so its policy allows it.
    expect(seen).toEqual({
      title: 'CloudTrail findings: Sample incident',
      alerts: new Set(findings.map((finding) => finding.split(' ')[1])).size,
      line: 'solid',
      wide: 0,
      violations: [],
    });
    expect(page.driver.witness.requests.slice(asked).filter((one) => one !== url)).toEqual([]);
    expect(page.driver.witness.policy).toEqual([]);
    await page.screenshot(`report-${way.browser}`);
    if (page.driver.chromium) {
      // A report has no theme and no script: axe is the debugger's, which its policy does not concern.
      expect(await accessibilityProblems(page)).toEqual([]);
      const pdf = await page.driver.chromium.pdf({ format: 'Letter' });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    }
  });
});
