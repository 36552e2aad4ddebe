/**
 * Global setup of the end-to-end tests: builds the page once, as `npm run build` does, into a folder of this
 * run's own, for all projects that test it.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder that holds the built page. */
    dist: string;
  }
}

export default function buildOnce(project: TestProject): () => void {
  const built = project.vitest.projects.map((other) => other.getProvidedContext().dist).find(Boolean);
  if (built !== undefined) {
    project.provide('dist', built);
    return () => undefined;
  }
  const root = project.vitest.config.root;
  const dist = mkdtempSync(join(root, 'node_modules', '.e2e-'));
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  execFileSync(process.execPath, [vite, 'build', '--outDir', dist, '--emptyOutDir', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
    // In a process of its own and told so: vitest's NODE_ENV is "test", for which Vite builds a page for developing.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  project.provide('dist', dist);
  return () => rmSync(dist, { recursive: true, force: true });
}
