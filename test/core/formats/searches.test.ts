/** A bounded run of what `npm run fuzz` looks for at length. */
import fc from 'fast-check';
import { test } from 'vitest';
import { SEARCHES } from '../../fuzz/searches.ts';

test.each(SEARCHES)('$name', async ({ property, runs }) => {
  await fc.assert(property, { numRuns: runs, endOnFailure: true });
});
