/**
 * Vite plugin: `virtual:rules`, the alerts that come with Trailsift, read and checked (declared in virtual-rules.d.ts).
 * Reading their files takes half a second in the page, at the worst of times: when a case is opened.
 */
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { loadRules } from '../src/core/rules/index.ts';
import { filesOnDisk } from '../src/core/rules/shipped.ts';

const MODULE = 'virtual:rules';
/** Rollup's convention: a leading NUL keeps other plugins off. */
const RESOLVED = `\0${MODULE}`;

const ROOT = resolve(import.meta.dirname, '..');

/** Provides `virtual:rules`. Workers are bundled apart: name it under `worker.plugins` as well. */
export function shippedRules() {
  return {
    name: 'trailsift:rules',
    resolveId: (id: string) => (id === MODULE ? RESOLVED : undefined),
    load(id: string) {
      if (id !== RESOLVED) return undefined;
      for (const path of Object.keys(filesOnDisk())) this.addWatchFile(join(ROOT, path));
      return `export const rules = ${JSON.stringify(loadRules())};\n`;
    },
  } satisfies Plugin;
}
