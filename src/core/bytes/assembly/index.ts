/** What JavaScript calls (`../inflater.ts`). Each instance inflates one stream at a time. */
import { crc32 } from './crc';
import { outAt, reset, roomForOutput, run } from './deflate';
import { added, roomForInput, unused } from './input';
import { INPUT_BYTES, OUTPUT_BYTES, output } from './memory';

export { added, crc32, reset, roomForInput, roomForOutput, run, unused };

/** How much input can be taken in, at most. */
export function capacity(): i32 {
  return INPUT_BYTES;
}

/** Where the output ends. */
export function outputEnd(): usize {
  return outAt;
}

/** Room for bytes whose CRC is asked for, while nothing is inflated. */
export function scratch(): usize {
  return output;
}

export function scratchBytes(): i32 {
  return OUTPUT_BYTES;
}
