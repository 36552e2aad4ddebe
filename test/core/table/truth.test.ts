/**
 * A large corpus whose contents are known to the last event, through the real reading and table code: in each layout
 * in which such data comes.
 */
import { wasm } from 'virtual:scanner';
import { loadEngine } from '../../../src/core/scan/index.ts';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { memorySource } from '../../../src/core/bytes/index.ts';
import { readFile, type LogOutcome } from '../../../src/core/formats/index.ts';
import { columnIndex, FIRST_VALUE } from '../../../src/core/record/columns.ts';
import { BlockBuilder } from '../../../src/core/table/builder.ts';
import { EventTable } from '../../../src/core/table/event-table.ts';
import { accept, CodeMap } from '../../../src/core/table/intake.ts';
import { eventIdOf } from '../../../src/core/table/rows.ts';
import { filesBelow } from '../formats/collect.ts';
import type { Truth } from '../../support/truth.ts';

const GENERATOR = resolve('../shared/data/tools/amplify.mjs');
const here = existsSync(GENERATOR);
if (!here) console.log('Skipped: the corpus generator is not there (../shared/data/tools/amplify.mjs).');

const EVENTS = 200_000;

const folder = here ? mkdtempSync(join(tmpdir(), 'trailsift-truth-')) : '';
afterAll(() => {
  if (here) rmSync(folder, { recursive: true, force: true });
});

/** Reads files as an ingest worker does, and takes them in as the case worker does. */
async function tableOf(paths: readonly string[]): Promise<{ table: EventTable; outcomes: LogOutcome[] }> {
  const table = new EventTable();
  const outcomes: LogOutcome[] = [];
  const codes = new CodeMap();
  const noHits = { rule: new Uint16Array(0), row: new Uint32Array(0) };
  const seal = (): void => {
    accept(table, builder.seal(noHits), codes, (key) => key, new Map());
  };
  const builder = new BlockBuilder(loadEngine(wasm), seal, () => Promise.resolve());
  for (const path of paths) {
    await readFile(memorySource(new Uint8Array(readFileSync(path))), path, {
      begin: () => {
        builder.beginSource(outcomes.length);
        return builder;
      },
      end: async (_, outcome) => void outcomes.push(outcome),
      progress: () => undefined,
      cancelled: () => false,
    });
  }
  seal();
  return { table, outcomes };
}

/** How often each value of a column is in the records, those set aside as duplicates included. */
function counts(table: EventTable, path: string): Record<string, number> {
  const column = columnIndex(path);
  const found: Record<string, number> = {};
  const count = (row: number): void => {
    const code = table.column(column)[row]!;
    if (code < FIRST_VALUE) return;
    const value = String(table.values[column]![code - FIRST_VALUE]);
    found[value] = (found[value] ?? 0) + 1;
  };
  eachRecord(table, count);
  return found;
}

function days(table: EventTable): Record<string, number> {
  const found: Record<string, number> = {};
  eachRecord(table, (row) => {
    const day = new Date(table.time[row]!).toISOString().slice(0, 10);
    found[day] = (found[day] ?? 0) + 1;
  });
  return found;
}

function eachRecord(table: EventTable, visit: (row: number) => void): void {
  for (let row = 0; row < table.rows; row++) visit(row);
  for (let i = 0; i < table.duplicates; i++) visit(table.duplicateOf[i]!);
}

describe.skipIf(!here).each([
  { layout: 's3', files: 1600, made: 'AWSLogs' },
  { layout: 'one', files: 1, made: 'cloudtrail.json.gz' },
  { layout: 'zip', files: 400, made: 'cloudtrail-logs.zip' },
])('200,000 events as $layout (needs ../shared beside the repository)', ({ layout, files, made }) => {
  test('are all there, each once, with every value', { timeout: 300_000 }, async () => {
    const out = join(folder, layout);
    const options = { events: EVENTS, files, layout, out, level: 1 };
    const given = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    execFileSync(process.execPath, [GENERATOR, ...given], { stdio: 'ignore' });
    const truth = JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8')) as Truth;
    const at = join(out, made);
    const { table, outcomes } = await tableOf(layout === 's3' ? filesBelow(at) : [at]);

    expect(new Set(outcomes.map(({ state, reason }) => `${state}: ${reason}`))).toEqual(
      new Set(['analysed: ']),
    );
    expect(table.rows).toBe(truth.totals.uniqueEventIDs);
    expect(table.duplicates).toBe(truth.totals.duplicates);
    expect(table.rows + table.duplicates).toBe(truth.totals.records);
    expect(table.conflicting).toBe(0);
    expect(counts(table, 'eventName')).toEqual(truth.byEventName);
    expect(counts(table, 'eventSource')).toEqual(truth.byEventSource);
    expect(counts(table, 'recipientAccountId')).toEqual(truth.byAccount);
    expect(counts(table, 'awsRegion')).toEqual(truth.byRegion);
    expect(counts(table, 'errorCode')).toEqual(truth.byErrorCode);
    expect(days(table)).toEqual(truth.byDay);
    const ids = new Set(Array.from({ length: table.rows }, (_, row) => eventIdOf(table, row)));
    expect(ids.size).toBe(table.rows);
    const planted = truth.planted.scenarios.flatMap(({ eventIDs }) => eventIDs);
    expect(planted.length).toBeGreaterThan(200);
    expect(planted.filter((id) => !ids.has(id))).toEqual([]);
    const repeated = Array.from({ length: table.duplicates }, (_, i) =>
      eventIdOf(table, table.duplicateOf[i]!),
    );
    expect(repeated.sort()).toEqual([...truth.duplicateEventIDs].sort());
    rmSync(out, { recursive: true, force: true });
  });
});
