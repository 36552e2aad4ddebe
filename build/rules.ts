/**
 * Vite plugin: `virtual:rules`, the alerts that come with Trailsift, read and checked (declared in virtual-rules.d.ts).
 * Reading their files takes half a second in the page, at the worst of times: when a case is opened.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { loadPack } from '../src/core/rules/pack.ts';
import { RuleError } from '../src/core/rules/problem.ts';

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
      const paths = ruleFiles();
      for (const path of paths) this.addWatchFile(join(ROOT, path));
      return moduleText(paths);
    },
  } satisfies Plugin;
}

/** Paths of the rule files, in order. */
function ruleFiles(): string[] {
  return readdirSync(join(ROOT, 'rules'), { recursive: true, encoding: 'utf8' })
    .map((path) => `rules/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.yaml'))
    .sort();
}

/** @throws RuleError when one of the files is not in order */
function moduleText(paths: readonly string[]): string {
  const { rules, problems } = loadPack(
    Object.fromEntries(paths.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')])),
  );
  const [problem] = problems;
  if (problem) throw new RuleError(problem);
  return `export const rules = ${JSON.stringify(rules)};\n`;
}
