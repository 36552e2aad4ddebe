import axe from 'axe-core';
import type { TestPage } from './page.ts';

/**
 * What axe-core finds wrong for people who use assistive technology, as the page stands now; one line each:
 * the rule, what it asks for, and where. Chromium only.
 */
export async function accessibilityProblems(page: TestPage): Promise<string[]> {
  const { chromium } = page.driver;
  if (!chromium) throw new Error('axe-core is run in Chromium only.');
  // As an expression of the debugger's, which the page's policy does not concern.
  await chromium.evaluate(axe.source);
  return chromium.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}: ${String(node.target)}`),
    );
  });
}
