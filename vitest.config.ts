import { playwright } from '@vitest/browser-playwright';
import { defineConfig, mergeConfig, type TestProjectConfiguration } from 'vitest/config';
import { CHROMIUM_SWITCHES, findBrowser } from './build/browsers.mjs';
import { bundledWorkers } from './test/support/bundled-workers.ts';
import page from './vite.config.ts';

/** Projects run one after another: each has the whole machine. */
const EVERY_PROCESSOR = '100%';

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
    maxWorkers: EVERY_PROCESSOR,
    setupFiles: ['test/setup-core.ts'],
  },
};

/** Chromium: what needs a DOM, real workers or IndexedDB. */
const browser: TestProjectConfiguration = {
  extends: true,
  plugins: [bundledWorkers(page)],
  // What few tests import is found late otherwise, and the page is loaded anew in the middle of a test.
  optimizeDeps: {
    include: ['comlink', 'dexie', 'fflate', 'yaml', '@noble/hashes/sha2.js', '@noble/hashes/utils.js'],
  },
  test: {
    name: 'browser',
    include: ['test/browser/**/*.test.ts'],
    maxWorkers: EVERY_PROCESSOR,
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

/** The built page in Chromium and Firefox, from http and from file. */
const builtPage = (name: 'e2e' | 'timed', groupOrder: number): TestProjectConfiguration => ({
  extends: true,
  test: {
    name,
    environment: 'node',
    globalSetup: ['test/e2e/support/build.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    sequence: { groupOrder },
    ...(name === 'e2e'
      ? { include: ['test/e2e/*.test.ts'], maxWorkers: EVERY_PROCESSOR }
      : // They measure: nothing else runs meanwhile.
        { include: ['test/e2e/timed/*.test.ts'], fileParallelism: false }),
  },
});

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
      projects:
        mode === 'bench' || mode === 'fuzz'
          ? [byName(mode)]
          : [core, browser, builtPage('e2e', 2), builtPage('timed', 3)],
    },
  }),
);
