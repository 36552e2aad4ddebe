/**
 * What matching costs beside reading: one big log read as an ingest worker reads it, with no rules, with those that are
 * shipped, and with 800. CPU time of this process, which other processes do not lengthen.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { table } from 'virtual:geo';
import { memorySource } from '../../src/core/bytes/index.ts';
import { readFile } from '../../src/core/formats/index.ts';
import { openTable } from '../../src/core/geo/index.ts';
import { loadRules, queryOf } from '../../src/core/rules/index.ts';
import type { RuleForMatching } from '../../workers/contract.ts';
import { ParcelWriter } from '../../workers/ingest/parcels.ts';
import { corpus } from './support/corpus.ts';
import { manyRules } from './support/many-rules.ts';

const EVENTS = Number(process.env['TRAILSIFT_BENCH_EVENTS'] ?? 200_000);
const ROUNDS = 5;

const geo = openTable(Uint8Array.from(atob(table), (character) => character.charCodeAt(0)));

/** CPU time spent so far, ms. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Reads the whole log with these rules; returns the CPU time of that, ms, and the findings. */
async function read(
  file: Uint8Array,
  rules: readonly RuleForMatching[],
): Promise<{ ms: number; findings: number }> {
  const stored = {
    events: 0,
    duplicates: 0,
    refusedRecords: 0,
    findings: 0,
    files: 0,
    refusedFiles: 0,
    repeatedFiles: 0,
  };
  const writer = new ParcelWriter(
    1,
    rules,
    (address) => geo.lookup(address),
    async ({ block }) => {
      stored.findings += block?.hitRule.length ?? 0;
      return { ok: true, progress: stored, sha256: [] };
    },
  );
  const began = cpu();
  await readFile(memorySource(file), 'log.json.gz', {
    begin: ({ path, size }) =>
      writer.begin({ path, bytes: size, sha256: Promise.resolve(''), retry: false }, null),
    end: (_, outcome) => writer.end(outcome),
    progress: () => undefined,
    cancelled: () => false,
  });
  await writer.flush();
  return { ms: cpu() - began, findings: stored.findings };
}

test('matching 23 and 800 rules', async () => {
  const at = corpus(
    EVENTS,
    'one',
    process.env['TRAILSIFT_BENCH_FOLDER'] ?? mkdtempSync(join(tmpdir(), 'trailsift-')),
  );
  const file = new Uint8Array(readFileSync(at.path));
  const shipped = loadRules().map((rule) => ({ id: rule.id, query: queryOf(rule, 'corrected', {}) }));
  const many = manyRules(800).map(({ id, query }) => ({ id, query }));
  const sets = {
    none: [],
    shipped,
    many: [...shipped, ...many].slice(0, 800),
    'shipped + 800': [...shipped, ...many],
  };
  const best: Record<string, number> = {};
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, rules] of Object.entries(sets)) {
      const { ms, findings } = await read(file, rules);
      best[name] = Math.min(best[name] ?? Infinity, ms);
      if (round === 0) console.log(`${name}: ${rules.length} rules, ${findings} findings`);
    }
  }
  for (const [name, ms] of Object.entries(best))
    console.log(`${name}: ${ms.toFixed(0)} ms of CPU for ${EVENTS} events`);
  const percent = (ms: number, of: number): string => `${((ms / of) * 100).toFixed(1)} %`;
  console.log(
    `${shipped.length} rules cost ${percent(best['shipped']! - best['none']!, best['shipped']!)} of ingest (goal: 10 %)`,
  );
  console.log(
    `800 rules cost ${percent(best['many']! - best['shipped']!, best['shipped']!)} more (goal: 15 %)`,
  );
  expect(best['none']).toBeGreaterThan(0);
});
