import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/**
 * Vitest reporter whose last line is `N passed, N failed`, alone on its line and summed over all projects.
 * A test file that could not be loaded and an error outside any test count as one failure each.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      counts.failed += module.errors().length;
      for (const test of module.children.allTests()) counts[test.result().state]++;
    }
    const skipped = counts.skipped + counts.pending;
    process.stdout.write(
      `${skipped > 0 ? `${skipped} skipped\n` : ''}${counts.passed} passed, ${counts.failed} failed\n`,
    );
  }
}
