import { describe, expect, it } from 'vitest';
import type { ExportJob, ReportOptions } from '../../../workers/contract.ts';
import { all, create, files, log, openPage, record, type Page } from './support.ts';

const OPTIONS: ReportOptions = {
  title: '',
  author: '',
  findings: true,
  timeline: true,
  files: true,
  examples: 5,
  zone: 'utc',
};

async function report(page: Page, more: Partial<ReportOptions> = {}): Promise<Document> {
  const job: ExportJob = { kind: 'report', format: 'html', options: { ...OPTIONS, ...more } };
  const made = await page.cases.export(job);
  if (!made.ok) throw new Error(JSON.stringify(made));
  return new DOMParser().parseFromString(await made.blob.text(), 'text/html');
}

/** What a report says of a fact. */
function fact(document: Document, name: string): string {
  const terms = Array.from(document.querySelectorAll('dt'));
  return terms.find(({ textContent }) => textContent === name)?.nextElementSibling?.textContent ?? '';
}

/** Events of a table of events: their first line, and what stands below. */
function events(document: Document, name: string): { first: string[]; below: string[] }[] {
  const table = Array.from(document.querySelectorAll('table')).find(
    ({ caption }) => caption?.textContent === name,
  );
  return Array.from(table?.tBodies ?? [], (body) => ({
    first: Array.from(body.rows[0]!.cells, ({ textContent }) => textContent),
    below: Array.from(body.querySelectorAll('li'), ({ textContent }) => textContent),
  }));
}

const denied = (n: number, more: object = {}): object => record(n, { errorCode: 'AccessDenied', ...more });

/** Alice is denied five times and Bob once, later; a file is cut off, another none of ours. */
async function smallCase(): Promise<Page> {
  const page = openPage();
  await create(page, 'Small <b>case</b>');
  // The same name with another ARN is the same principal to whoever reads.
  const alice = {
    userIdentity: { type: 'IAMUser', userName: 'alice', arn: 'arn:aws:iam::111122223333:user/x/alice' },
  };
  const bob = { userIdentity: { type: 'IAMUser', userName: 'bob' }, sourceIPAddress: '192.0.2.7' };
  const cut = JSON.stringify({ Records: [record(8), record(9)] }).slice(0, -40);
  await page.read(
    files(
      log('a.json', [denied(1), denied(2), denied(3), denied(4), denied(5, alice), record(6)]),
      log('b.json', [denied(7, bob), denied(1)]),
      { path: 'cut.json', file: new File([cut], 'cut.json') },
      {
        path: 'photo.png',
        file: new File([new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0])], 'photo.png'),
      },
    ),
  );
  await page.cases.settle();
  return page;
}

describe('a report of a case', () => {
  it('adds up, and says what was refused and what could not be evaluated', async () => {
    const page = await smallCase();
    const header = (await page.cases.header())!;
    const document = await report(page);
    expect(document.title).toBe('CloudTrail findings: Small <b>case</b>');
    expect(fact(document, 'Files')).toBe('4 = 2 analysed + 1 analysed in part + 1 refused');
    expect(fact(document, 'Records read')).toContain(
      `${String(header.events + 1)} = ${String(header.events)} events + 1 duplicate`,
    );
    const text = document.body.textContent;
    expect(text).toContain(`6 findings of 1 alert in ${String(header.events)} events`);
    const { rules } = await page.cases.rules();
    for (const { rule, outcome } of rules) {
      expect(text).toContain(rule.version);
      if (outcome.kind === 'unevaluable') expect(text).toContain(outcome.message);
    }
    const { sources } = await page.cases.sources(0, 9, 'all');
    for (const { path, sha256, reason } of sources) {
      expect(text).toContain(path);
      expect(text).toContain(sha256);
      expect(text).toContain(reason);
    }
    expect(text).toContain('Nothing was put on the timeline of this case.');
  });

  it('shows of each alert some findings with evidence, first those of others', async () => {
    const page = await smallCase();
    const document = await report(page, { examples: 3 });
    expect(fact(document, 'Principals')).toBe('alice × 5, bob × 1');
    expect(fact(document, 'Findings')).toBe('6, 6 denied');
    const { rules } = await page.cases.rules();
    const { rule } = rules.find(({ rule: { id } }) => id === 'access-denied')!;
    const shown = events(document, `Findings of ${rule.name}`);
    expect(shown.map(({ first }) => first[1])).toEqual(['alice IAMUser', 'alice IAMUser', 'bob IAMUser']);
    expect(shown[2]!.below.join('\n')).toContain('errorCode = AccessDenied');
    expect(shown[2]!.below.at(-1)).toMatch(/record 0 of b\.json, SHA-256 [0-9a-f]{64}$/);
    expect(document.body.textContent).toContain('And 3 more findings of this alert');
  });

  it('tells the story that marks and notes make, and shows what is marked first', async () => {
    const page = await smallCase();
    const answer = await page.cases.view(all('findings'));
    if (!answer.ok) throw new Error('no view');
    const rows = await page.cases.rows(answer.view, 0, 9);
    const third = rows.find(({ time }) => time === Date.UTC(2026, 9, 5) + 3000)!;
    const target = { of: 'finding', event: third.event, rule: 'access-denied' } as const;
    expect(
      await page.cases.mark(target, { status: 'malicious', note: 'Here | it <i>began</i>.\n\nReally.' }),
    ).toMatchObject({ ok: true });
    const document = await report(page, { examples: 1 });
    const marked = 'Marked malicious: Here | it <i>began</i>. Really.';
    const { rules } = await page.cases.rules();
    const { rule } = rules.find(({ rule: { id } }) => id === 'access-denied')!;
    const [example] = events(document, `Findings of ${rule.name}`);
    expect(example!.below[0]).toBe(marked);
    expect(fact(document, 'Marked')).toBe('1 malicious, 5 open');
    const story = events(document, 'Timeline');
    expect(story).toHaveLength(1);
    expect(story[0]!.first[0]).toBe('2026-10-05T00:00:03Z');
    expect(story[0]!.below).toContain(marked);
    expect(story[0]!.below.join()).toContain(rule.name);
  });

  it('has its times and the bars of its chart in the zone that was asked for', async () => {
    const page = await smallCase();
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const local = await report(page, { zone: 'local' });
    expect(fact(local, 'Time zone')).toContain(`All times are of ${timeZone} (UTC`);
    expect(fact(local, 'Time covered')).toMatch(/[+-]\d\d:\d\d$/);
    expect(local.querySelector('figcaption')?.textContent).toMatch(/[+-]\d\d:\d\d$/);
    expect(fact(await report(page), 'Time covered')).toMatch(/Z$/);
  });

  it('leaves out what was not asked for, and can be cancelled', async () => {
    const page = await smallCase();
    const document = await report(page, { findings: false, timeline: false, files: false, author: 'Mei' });
    const chapters = Array.from(document.querySelectorAll('h2'), ({ textContent }) => textContent);
    expect(chapters).toEqual([
      'What was looked at',
      'Alerts, and their versions',
      'How this report was made',
    ]);
    expect(document.querySelector('header')!.textContent).toContain('by Mei with Trailsift');
    const making = page.cases.export({ kind: 'report', format: 'html', options: OPTIONS });
    await page.cases.cancelExport();
    expect(await making).toEqual({ ok: false, why: 'cancelled' });
  });
});
