/**
 * Global setup of the end-to-end tests: builds the page once, into a folder of this run's own, as
 * `npm run build` would.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder that holds the built page. */
    dist: string;
  }
}

export default async function buildOnce(project: TestProject): Promise<() => void> {
  const root = project.vitest.config.root;
  const dist = mkdtempSync(join(root, 'node_modules', '.e2e-'));
  await build({
    root,
    configFile: join(root, 'vite.config.ts'),
    mode: 'production',
    logLevel: 'warn',
    build: { outDir: dist, emptyOutDir: true },
  });
  project.provide('dist', dist);
  return () => rmSync(dist, { recursive: true, force: true });
}
