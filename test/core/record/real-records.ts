/** Real records from beside the repository, where there are any. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const DATA = join(import.meta.dirname, '../../../../shared/data');

/** A record, or a part of one, as parsed. */
export type Json = Record<string, unknown>;

/** Folders of real logs; null when they are not there. */
export function realFolder(name: string): string | null {
  const folder = join(DATA, name);
  return existsSync(folder) ? folder : null;
}

/** All records of the CloudTrail files below a folder: `{"Records": [...]}` or bare arrays, gzipped or not. */
export function readRecords(folder: string): Json[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.json(\.gz)?$/.test(name),
  );
  return files.flatMap((name) => {
    const bytes = readFileSync(join(folder, name));
    const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
    const parsed = JSON.parse(text) as Json[] | { Records: Json[] };
    return Array.isArray(parsed) ? parsed : parsed.Records;
  });
}

/** The text at a path of a record; '' when there is none, as columns have it. */
export function textAt(record: Json, path: string): string {
  let value: unknown = record;
  for (const key of path.split('.')) {
    value = typeof value === 'object' && value !== null ? (value as Json)[key] : undefined;
  }
  return typeof value === 'string' ? value : '';
}
