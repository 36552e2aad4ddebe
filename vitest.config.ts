import { playwright } from '@vitest/browser-playwright';
import { defineConfig, mergeConfig, type TestProjectConfiguration } from 'vitest/config';
import { CHROMIUM_SWITCHES, findBrowser } from './build/browsers.mjs';
import page from './vite.config.ts';

/** Node: the pure core, the build's own parts, and rules about the source tree. No DOM, and that is checked. */
const core: TestProjectConfiguration = {
  extends: true,
  test: {
    name: 'core',
    // A guard against hanging, not a measurement: CI machines are slow and shared.
    testTimeout: 60_000,
    environment: 'node',
    include: ['test/**/*.test.ts'],
    exclude: ['test/{browser,e2e,bench,fuzz}/**'],
    // Nothing else runs beside them.
    maxWorkers: '100%',
    setupFiles: ['test/setup-core.ts'],
  },
};

/** Chromium: what needs a DOM, real workers or IndexedDB. */
const browser: TestProjectConfiguration = {
  extends: true,
  // What only workers import is found late otherwise, and the page is loaded anew in the middle of a test.
  optimizeDeps: {
    include: ['comlink', 'dexie', 'fflate', 'yaml', '@noble/hashes/sha2.js', '@noble/hashes/utils.js'],
  },
  test: {
    name: 'browser',
    include: ['test/browser/**/*.test.ts'],
    sequence: { groupOrder: 1 },
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: { executablePath: findBrowser('chromium') ?? 'chromium', args: CHROMIUM_SWITCHES },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
};

/** The built page in Chromium and Firefox, from http and from file. Alone and one after another: they measure time. */
const e2e: TestProjectConfiguration = {
  extends: true,
  test: {
    name: 'e2e',
    environment: 'node',
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/e2e/support/build.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    sequence: { groupOrder: 2 },
  },
};

/** Measurements and long searches for counterexamples: only by name (`npm run bench`, `npm run fuzz`). */
const byName = (name: 'bench' | 'fuzz'): TestProjectConfiguration => ({
  extends: true,
  test: {
    name,
    environment: 'node',
    include: [`test/${name}/**/*.test.ts`],
    // The page as it is shipped is what is measured.
    ...(name === 'bench' ? { globalSetup: ['test/e2e/support/build.ts'] } : {}),
    fileParallelism: false,
    testTimeout: 3_600_000,
  },
});

export default defineConfig(({ mode }) =>
  mergeConfig(page, {
    test: {
      reporters: ['default', './test/support/closing-line.ts'],
      projects: mode === 'bench' || mode === 'fuzz' ? [byName(mode)] : [core, browser, e2e],
    },
  }),
);
