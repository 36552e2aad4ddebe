/**
 * Vite plugin: `virtual:scanner`, `virtual:inflater` and `virtual:seeker`, compiled from the AssemblyScript of the `assembly`
 * folders in src/core (declared in virtual-assembly.d.ts).
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import asc from 'assemblyscript/asc';
import type { Plugin } from 'vite';

interface AssemblyModule {
  entry: string;
  /** What lies elsewhere: constants that both sides read, and what modules share. */
  shared: string[];
}

const MODULES: Readonly<Record<string, AssemblyModule>> = {
  'virtual:scanner': {
    entry: 'src/core/scan/assembly/index.ts',
    shared: ['src/core/record/codes.ts', 'src/core/record/flags.ts', 'src/core/seek/assembly/find.ts'],
  },
  'virtual:inflater': { entry: 'src/core/bytes/assembly/index.ts', shared: [] },
  'virtual:seeker': { entry: 'src/core/seek/assembly/index.ts', shared: [] },
};

const ROOT = resolve(import.meta.dirname, '..');

/** Vectors are everywhere where DecompressionStream is. No garbage collector: nothing here is an object. */
const OPTIONS = ['-O3', '--noAssert', '--runtime', 'minimal', '--enable', 'simd', '--use', 'abort='];

/**
 * Provides the modules. Workers are bundled apart: name it under `worker.plugins` as well.
 *
 * @param cache folder for what was compiled, made when it is not there
 */
export function assembly(cache = join(ROOT, 'node_modules', '.cache', 'trailsift')) {
  const texts = new Map<string, Promise<string>>();
  return {
    name: 'trailsift:assembly',
    // Rollup's convention: a leading NUL keeps other plugins off.
    resolveId: (id: string) => (id in MODULES ? `\0${id}` : undefined),
    load: (id: string) => {
      const name = id.slice(1);
      const module = id.startsWith('\0') ? MODULES[name] : undefined;
      if (module === undefined) return undefined;
      const text = texts.get(name) ?? textOf(module, cache);
      texts.set(name, text);
      return text;
    },
  } satisfies Plugin;
}

async function textOf(module: AssemblyModule, cache: string): Promise<string> {
  const wasm = await compiled(module, cache);
  return `export const wasm = ${JSON.stringify(Buffer.from(wasm).toString('base64'))};\n`;
}

/** @returns what a module is compiled to, of the sources as they are */
async function compiled({ entry, shared }: AssemblyModule, cache: string): Promise<Uint8Array> {
  const folder = join(ROOT, dirname(entry));
  const hash = createHash('sha256').update([...OPTIONS, entry].join(' '));
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)));
  for (const path of shared) hash.update(readFileSync(join(ROOT, path)));
  const path = join(cache, `${hash.digest('hex').slice(0, 16)}.wasm`);
  try {
    return readFileSync(path);
  } catch {
    const wasm = await compile(entry);
    mkdirSync(cache, { recursive: true });
    // Page and workers are built at once, tests in several processes: nobody may read half a file.
    const unfinished = `${path}.${process.pid}`;
    writeFileSync(unfinished, wasm);
    renameSync(unfinished, path);
    return wasm;
  }
}

async function compile(entry: string): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main([entry, '--outFile', 'module.wasm', ...OPTIONS], {
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
  if (error || !binary) throw new Error(`${entry} does not compile.\n${stderr.toString()}`);
  return binary;
}
