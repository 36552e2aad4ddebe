import { describe, expect, it } from 'vitest';
import type { ExportJob } from '../../../workers/contract.ts';
import { parseCsv } from '../../core/export/parse-csv.ts';
import { all, create, files, log, openPage, record, type Page } from './support.ts';

/** A case with the sample incident, and a view of its findings. */
async function sampleCase(query = ''): Promise<{ page: Page; view: number; total: number }> {
  const page = openPage();
  await create(page, 'Incident: 7/2');
  await page.sample();
  await page.cases.settle();
  const answer = await page.cases.view(all('findings', query));
  if (!answer.ok) throw new Error('no view');
  return { page, view: answer.view, total: answer.total };
}

async function text(page: Page, job: ExportJob): Promise<{ text: string; rows: number; name: string }> {
  const made = await page.cases.export(job);
  if (!made.ok) throw new Error(JSON.stringify(made));
  return { text: await made.blob.text(), rows: made.rows, name: made.name };
}

interface Line {
  rule_id: string;
  rule_version: string;
  event_id: string;
  source_file: string;
  source_sha256: string;
  record_index: number;
  query: string;
  why: string;
  conditions: { condition: string; occur: string; outcome: string; matched: unknown[] }[];
}

const lines = (jsonl: string): Line[] =>
  jsonl
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

describe('an export of findings as JSON', () => {
  it('has every finding once, with the evidence that its record shows', async () => {
    const { page, view, total } = await sampleCase();
    const made = await text(page, { kind: 'jsonl', view, alert: null });
    expect(made).toMatchObject({ rows: total, name: 'Incident-7-2-findings.jsonl' });
    const found = lines(made.text);
    const rows = await page.cases.rows(view, 0, total);
    const { rules } = await page.cases.rules();
    const version = new Map(rules.map(({ rule }) => [rule.id, rule.version]));
    const byKey = new Map(found.map((line) => [`${line.event_id} ${line.rule_id}`, line]));
    expect(byKey.size).toBe(total);
    for (const row of rows) {
      const answer = await page.cases.detail(row.event, '');
      if (!answer.ok) throw new Error(answer.message);
      const { detail } = answer;
      const line = byKey.get(`${detail.eventId} ${row.rule!.id}`)!;
      const { explanation } = detail.findings.find(({ rule }) => rule.id === row.rule!.id)!;
      expect(line).toMatchObject({
        rule_version: version.get(row.rule!.id),
        source_file: detail.source.path,
        source_sha256: detail.source.sha256,
        record_index: detail.recordIndex,
        why: explanation.sentence,
      });
      expect(line.conditions.map(({ condition, outcome, matched }) => [condition, outcome, matched])).toEqual(
        explanation.clauses.map(({ text, outcome, evidence }) => [text, outcome, evidence]),
      );
    }
    const places = found.map((line) => `${line.source_file} ${String(line.record_index).padStart(6)}`);
    expect(new Set(places.map((place) => place.split(' ')[0])).size).toBeGreaterThan(3);
    // Each file once, its records in their order.
    const runs = places.filter((place, i) => place.split(' ')[0] !== places[i - 1]?.split(' ')[0]);
    expect(new Set(runs.map((place) => place.split(' ')[0])).size).toBe(runs.length);
    expect(places.every((p, i) => i === 0 || p.split(' ')[0] !== places[i - 1]!.split(' ')[0] || p >= places[i - 1]!)).toBe(true); // prettier-ignore
  }, 60_000);

  it('holds what the view selects, or one alert of it', async () => {
    const { page, view, total } = await sampleCase('severity:high');
    const everything = lines((await text(page, { kind: 'jsonl', view, alert: null })).text);
    expect(everything).toHaveLength(total);
    const alert = everything[0]!.rule_id;
    const made = await text(page, { kind: 'jsonl', view, alert });
    expect(made.name).toBe(`Incident-7-2-findings-${alert}.jsonl`);
    const some = lines(made.text);
    expect(some).toEqual(everything.filter((line) => line.rule_id === alert));
    const csv = await text(page, { kind: 'csv', view, alert });
    expect(csv.rows).toBe(some.length);
    expect(csv.text.trimEnd().split('\r\n')).toHaveLength(some.length + 1);
  }, 60_000);

  it('is not made of events, nor of a view that is gone', async () => {
    const page = openPage();
    await create(page);
    await page.read(files(log('a.json', [record(1)])));
    const answer = await page.cases.view(all('events'));
    if (!answer.ok) throw new Error('no view');
    for (const view of [answer.view, answer.view + 7]) {
      expect(await page.cases.export({ kind: 'jsonl', view, alert: null })).toMatchObject({
        ok: false,
        why: 'failed',
        message: expect.stringMatching(/\.$/),
      });
    }
  });
});

describe('a long export', () => {
  /** Some 60,000 findings: enough to take a while. */
  async function longCase(): Promise<{ page: Page; view: number }> {
    const page = openPage();
    await create(page);
    const logs = Array.from({ length: 30 }, (_, n) =>
      log(
        `${n}.json`,
        Array.from({ length: 2000 }, (_, i) => record(n * 2000 + i, { errorCode: 'AccessDenied' })),
      ),
    );
    await page.read(files(...logs));
    await page.cases.settle();
    const answer = await page.cases.view(all('findings'));
    if (!answer.ok || answer.total !== 60_000) throw new Error('not as many findings as there must be');
    return { page, view: answer.view };
  }

  it('tells how far it is, answers meanwhile, and can be cancelled', async () => {
    const { page, view } = await longCase();
    for (const kind of ['csv', 'jsonl'] as const) {
      const making = page.cases.export({ kind, view, alert: null });
      await expect.poll(() => page.events.at(-1)).toMatchObject({ kind: 'exporting', total: 60_000 });
      const began = performance.now();
      expect(await page.cases.rows(view, 0, 10)).toHaveLength(10);
      expect(performance.now() - began).toBeLessThan(2000);
      await page.cases.cancelExport();
      expect(await making).toEqual({ ok: false, why: 'cancelled' });
      page.events.length = 0;
    }
    // What was given up is in nobody's way.
    const made = await text(page, { kind: 'csv', view, alert: null });
    expect(made.rows).toBe(60_000);
    expect(made.text.trimEnd().split('\r\n')).toHaveLength(60_001);
  }, 120_000);
});

describe('a record that amends another', () => {
  it('is named with the other, both ways, in CSV and JSON', async () => {
    const page = openPage(1);
    await create(page, 'amended');
    const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
    const denied = { errorCode: 'AccessDenied' };
    const late = { ...denied, addendum: { reason: 'UPDATED_DATA', originalEventID: id(1) } };
    await page.read(files(log('a.json', [record(1, denied), record(2, late), record(3, denied)])));
    await page.cases.settle();
    const wanted = [
      { event_id: id(1), amends: '', amended_by: id(2) },
      { event_id: id(2), amends: id(1), amended_by: '' },
      { event_id: id(3), amends: '', amended_by: '' },
    ];
    for (const kind of ['events', 'findings'] as const) {
      const answer = await page.cases.view(all(kind, ''));
      if (!answer.ok) throw new Error('no view');
      const csv = (await text(page, { kind: 'csv', view: answer.view, alert: null })).text;
      const [header = [], ...rows] = parseCsv(csv);
      const cell = (row: string[], name: string): string => row[header.indexOf(name)] ?? '?';
      const found = rows.map((row) => ({
        event_id: cell(row, 'event_id'),
        amends: cell(row, 'amends'),
        amended_by: cell(row, 'amended_by'),
      }));
      expect(found.sort((a, b) => (a.event_id < b.event_id ? -1 : 1))).toEqual(wanted);
      if (kind === 'events') continue;
      const json = lines((await text(page, { kind: 'jsonl', view: answer.view, alert: null })).text);
      expect(json).toMatchObject(
        wanted.map(({ event_id, amends, amended_by }) => ({
          event_id,
          amends: amends || null,
          amended_by: amended_by || null,
        })),
      );
    }
  });
});
