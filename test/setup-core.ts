/**
 * The core project proves that its subjects need no browser: nobody may bring in a DOM.
 *
 * Property tests are given the same inputs each time, so that what a change is told about is that change. New inputs
 * are for `npm run fuzz`, and for these tests with another seed: `TRAILSIFT_SEED=2 npx vitest run --project core`.
 */
import { wasm as inflater } from 'virtual:inflater';
import { wasm as seeker } from 'virtual:seeker';
import fc from 'fast-check';
import { expect } from 'vitest';
import { useInflater } from '../src/core/bytes/index.ts';
import { useSeeker } from '../src/core/seek/text.ts';

expect(typeof document, 'a DOM in the core project').toBe('undefined');
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env['TRAILSIFT_SEED'] ?? 1) });
// As the workers do.
useInflater(inflater);
useSeeker(seeker);
