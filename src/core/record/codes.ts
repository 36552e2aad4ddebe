/** Codes in a dictionary column. Read by the scanner's WebAssembly too: nothing but plain constants may stand here. */

/** The record has no value at this path or below it (the key is missing, or null, {} or []). */
export const ABSENT = 0;
/**
 * The record has something here that one dictionary value cannot say (an array, an object): whoever asks must look at the
 * record itself.
 */
export const OPEN = 1;
/** Real values start here. */
export const FIRST_VALUE = 2;
