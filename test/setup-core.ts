/** The core project proves that its subjects need no browser: nobody may bring in a DOM. */
import { expect } from 'vitest';

expect(typeof document, 'a DOM in the core project').toBe('undefined');
