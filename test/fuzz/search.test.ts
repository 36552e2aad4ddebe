/** Long searches for counterexamples: `npm run fuzz`. */
import { wasm } from 'virtual:inflater';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { useInflater } from '../../src/core/bytes/index.ts';
import { SEARCHES } from './searches.ts';

const SECONDS = Number(process.env['TRAILSIFT_FUZZ_SECONDS'] ?? 60);
const SEED = Number(process.env['TRAILSIFT_FUZZ_SEED'] ?? Date.now() % 0x7fffffff);

/** Longest that one input may take, ms: what takes longer hangs. */
const HANGS = 20_000;

// As the workers do.
useInflater(wasm);

test.each(SEARCHES)('$name', async ({ name, property }) => {
  console.log(`${name}: seed ${SEED}, ${SECONDS} s`);
  const details = await fc.check(property, {
    seed: SEED,
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: SECONDS * 1000,
    timeout: HANGS,
    // Shrinking takes its own time; the seed finds it again.
    endOnFailure: process.env['TRAILSIFT_FUZZ_SEED'] === undefined,
  });
  console.log(`${name}: ${details.numRuns.toLocaleString('en-US')} inputs`);
  if (!details.failed) return;
  console.log(String(details.errorInstance));
  expect.fail(fc.defaultReportMessage(details));
});
