/** Vite plugin: `virtual:scanner`, the scanner of src/core/scan/assembly compiled (declared in virtual-scanner.d.ts). */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import asc from 'assemblyscript/asc';
import type { Plugin } from 'vite';

const MODULE = 'virtual:scanner';
/** Rollup's convention: a leading NUL keeps other plugins off. */
const RESOLVED = `\0${MODULE}`;

const ROOT = resolve(import.meta.dirname, '..');
const ENTRY = 'src/core/scan/assembly/index.ts';
/** Constants that both sides read. */
const SHARED = ['src/core/record/codes.ts', 'src/core/record/flags.ts'];

/** Vectors are everywhere where DecompressionStream is. No garbage collector: nothing here is an object. */
const OPTIONS = ['-O3', '--noAssert', '--runtime', 'minimal', '--enable', 'simd', '--use', 'abort='];

/**
 * Provides `virtual:scanner`. Workers are bundled apart: name it under `worker.plugins` as well.
 *
 * @param cache folder for what was compiled, made when it is not there
 */
export function scanner(cache = join(ROOT, 'node_modules', '.cache', 'trailsift')) {
  let code: Promise<string> | undefined;
  return {
    name: 'trailsift:scanner',
    resolveId: (id: string) => (id === MODULE ? RESOLVED : undefined),
    load: (id: string) => (id === RESOLVED ? (code ??= moduleText(cache)) : undefined),
  } satisfies Plugin;
}

async function moduleText(cache: string): Promise<string> {
  const wasm = await cachedScanner(cache);
  return `export const wasm = ${JSON.stringify(Buffer.from(wasm).toString('base64'))};\n`;
}

/** @returns the compiled scanner, of the sources as they are */
export async function cachedScanner(cache = join(ROOT, 'node_modules', '.cache', 'trailsift')) {
  const folder = join(ROOT, ENTRY, '..');
  const hash = createHash('sha256').update(OPTIONS.join(' '));
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)));
  for (const path of SHARED) hash.update(readFileSync(join(ROOT, path)));
  const path = join(cache, `scanner-${hash.digest('hex').slice(0, 16)}.wasm`);
  try {
    return readFileSync(path);
  } catch {
    const compiled = await compile();
    mkdirSync(cache, { recursive: true });
    // Page and workers are built at once, tests in several processes: nobody may read half a file.
    const unfinished = `${path}.${process.pid}`;
    writeFileSync(unfinished, compiled);
    renameSync(unfinished, path);
    return compiled;
  }
}

async function compile(): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main([ENTRY, '--outFile', 'scanner.wasm', ...OPTIONS], {
    readFile: (name, base) => {
      try {
        return readFileSync(resolve(ROOT, base, name), 'utf8');
      } catch {
        return null;
      }
    },
    writeFile: (_name, contents) => void (binary = contents as Uint8Array),
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`The scanner does not compile.\n${stderr.toString()}`);
  return binary;
}
