/**
 * Corpora to measure on. With ../shared there, its generator makes them; else the sample incident is multiplied,
 * each copy with IDs and days of its own.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sampleIncident } from '../../../src/core/sample/index.ts';

const GENERATOR = resolve('../shared/data/tools/amplify.mjs');

export interface Corpus {
  /** File, or folder of files. */
  path: string;
  kind: 'file' | 'folder';
  /** Says where it comes from. */
  from: string;
}

/** `one`: one big .json.gz; `s3`: a tree of small ones, some 125 events each; `zip`, `tar`: an archive of such. */
export type Layout = 'one' | 's3' | 'zip' | 'tar';

/** @param folder where to put it; what is there from an earlier run is used again */
export function corpus(events: number, layout: Layout, folder: string): Corpus {
  if (layout === 'zip' || layout === 'tar') return archive(events, layout, folder);
  const generated = existsSync(GENERATOR);
  const from = generated ? 'amplify.mjs' : 'the sample incident, multiplied';
  const at = join(folder, `${generated ? 'amp' : 'sample'}-${layout}-${events}`);
  if (!existsSync(join(at, 'made'))) {
    mkdirSync(at, { recursive: true });
    if (generated) {
      const files = layout === 'one' ? 1 : Math.ceil(events / 125);
      execFileSync(process.execPath, [
        GENERATOR,
        '--events',
        `${events}`,
        '--files',
        `${files}`,
        '--out',
        at,
        '--layout',
        layout,
      ]);
    } else {
      multiply(events, layout, at);
    }
    writeFileSync(join(at, 'made'), '');
  }
  if (layout === 's3') return { path: join(at, generated ? 'AWSLogs' : 'logs'), kind: 'folder', from };
  return { path: join(at, 'cloudtrail.json.gz'), kind: 'file', from };
}

/** The tree of files in one archive, as `zip` or `tar` of the system makes it. */
function archive(events: number, layout: 'zip' | 'tar', folder: string): Corpus {
  const tree = corpus(events, 's3', folder);
  const path = join(folder, `${basename(dirname(tree.path))}.${layout}`);
  if (!existsSync(path)) {
    const cwd = dirname(tree.path);
    const name = basename(tree.path);
    // Logs are compressed already: an archive of them only stores.
    const [program, ...words] =
      layout === 'zip' ? ['zip', '-0', '-q', '-r', path, name] : ['tar', '-cf', path, name];
    execFileSync(program!, words, { cwd });
  }
  return { path, kind: 'file', from: tree.from };
}

function multiply(events: number, layout: 'one' | 's3', at: string): void {
  const files = sampleIncident();
  const all: string[] = [];
  for (let copy = 0, made = 0; made < events; copy++) {
    for (const { path, text } of files) {
      const own = text
        .replace(
          /"eventID":"[0-9a-f]{8}/g,
          (id) => id.slice(0, -8) + ((parseInt(id.slice(-8), 16) + copy) >>> 0).toString(16).padStart(8, '0'),
        )
        .replace(
          /"eventTime":"2026-03-(\d\d)/g,
          (_, day: string) => `"eventTime":"2026-${String(1 + (copy % 12)).padStart(2, '0')}-${day}`,
        );
      made += own.split('"eventID":').length - 1;
      if (layout === 'one') all.push(own.slice(own.indexOf('[') + 1, own.lastIndexOf(']')));
      else {
        const file = join(at, 'logs', path.replace('.json', `-${copy}.json.gz`));
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, gzipSync(own));
      }
      if (made >= events) break;
    }
  }
  if (layout === 'one')
    writeFileSync(join(at, 'cloudtrail.json.gz'), gzipSync(`{"Records":[${all.join(',')}]}`));
}

/** Tiny files: one record each. */
export function tinyFiles(count: number, folder: string): Corpus {
  const at = join(folder, `tiny-${count}`);
  if (!existsSync(join(at, 'made'))) {
    mkdirSync(join(at, 'logs'), { recursive: true });
    const records = sampleIncident().flatMap(
      ({ text }) => (JSON.parse(text) as { Records: object[] }).Records,
    );
    for (let i = 0; i < count; i++) {
      const eventID = `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
      const record = { ...records[i % records.length], eventID };
      writeFileSync(join(at, 'logs', `${i}.json.gz`), gzipSync(JSON.stringify({ Records: [record] })));
    }
    writeFileSync(join(at, 'made'), '');
  }
  return { path: join(at, 'logs'), kind: 'folder', from: 'the sample incident' };
}
