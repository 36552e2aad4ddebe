import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { geoDatabase } from '../../build/geo.ts';
import { openTable } from '../../src/core/geo/index.ts';

/** Milliseconds for converting the whole database, a second's work, on a busy machine. */
const CONVERSION = 60_000;

const cache = mkdtempSync(join(tmpdir(), 'trailsift-geo-'));
afterAll(() => {
  rmSync(cache, { recursive: true });
});

/** Asks a plugin for the module as Vite does. */
function load(): string {
  const { resolveId, load } = geoDatabase(cache);
  expect(resolveId('vite')).toBeUndefined();
  expect(load('virtual:geo')).toBeUndefined();
  return load(resolveId('virtual:geo')!)!;
}

describe('virtual:geo', () => {
  it('carries a table that opens, and says what it is', { timeout: CONVERSION }, async () => {
    const module = (await import(`data:text/javascript,${encodeURIComponent(load())}`)) as {
      table: string;
      source: Record<string, string>;
    };
    const database = openTable(Buffer.from(module.table, 'base64'));
    expect(database.lookup('8.8.8.8')?.country_code).toBe('US');
    expect(module.source).toMatchObject({ name: database.name, date: database.date, licence: 'CC BY 4.0' });
    expect(module.source['date']).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(module.source['attribution']).toContain('nro.net');
  });

  it('converts once and keeps the result', () => {
    const kept = () => readdirSync(cache).map((name) => [name, statSync(join(cache, name)).mtimeMs]);
    const before = kept();
    expect(before).toHaveLength(1);
    expect(load()).toBe(load());
    expect(kept()).toEqual(before);
  });
});
