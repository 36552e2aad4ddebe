/**
 * Inflates (RFC 1951) from `input` to `output`, as far as there is input and room, and can go on from there. It takes what zlib
 * takes.
 */
import {
  DISTANCE_BITS,
  END,
  LENGTH_BITS,
  LITERAL,
  LITERAL_BITS,
  LONGER,
  SPECIAL,
  distances,
  given,
  lengths,
  literals,
  longerDistances,
  longerLiterals,
  makeDistances,
  makeFixed,
  makeLengths,
  makeLiterals,
} from './codes';
import { bits, clearInput, giveBack, held, inAt, inEnd, moveTo, refill, take } from './input';
import { OUTPUT_BYTES, WINDOW, output } from './memory';

/** How `run` ends. */
export const NEEDS_INPUT: i32 = 0;
export const NEEDS_ROOM: i32 = 1;
export const DONE: i32 = 2;
export const BROKEN: i32 = 3;
/** Within: goes on. */
const AHEAD: i32 = 4;

/** What comes next. */
const HEAD: i32 = 0;
const STORED: i32 = 1;
const CODED: i32 = 2;
const OVER: i32 = 3;

/** Bytes of input that a step of the fast loop may look at, and no less. */
const AT_ONCE: i32 = 16;

/** Output is from `outFrom`, where copies may reach back to, to `outAt`. */
let outFrom: usize = output;
export let outAt: usize = output;
const outEnd: usize = output + WINDOW + OUTPUT_BYTES;

let state: i32 = HEAD;
let isLast: bool = false;
/** Bytes that are left of a stored block. */
let stored: i32 = 0;

/** The order in which the lengths of the code lengths' code are given (section 3.2.7). */
const order: usize = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

/** Forgets everything: a stream begins. */
export function reset(): void {
  clearInput();
  outFrom = outAt = output;
  state = HEAD;
  isLast = false;
}

/** Lets go of output, but for what copies may reach back to. @returns address of what comes next */
export function roomForOutput(): usize {
  if (outAt >= outEnd) {
    const from = max(outFrom, outAt - WINDOW);
    memory.copy(output, from, outAt - from);
    outAt -= from - output;
    outFrom = output;
  }
  return outAt;
}

/** Inflates. @returns NEEDS_INPUT, NEEDS_ROOM, DONE or BROKEN; of the last two the output up to there is good */
export function run(): i32 {
  let outcome = AHEAD;
  while (outcome == AHEAD) {
    if (state == CODED) outcome = coded();
    else if (state == STORED) outcome = copyStored();
    else if (state == HEAD) outcome = head();
    else outcome = DONE;
  }
  return outcome;
}

/** The head of a block, whole or not at all. */
function head(): i32 {
  const at = inAt;
  const bitsBefore = bits;
  const heldBefore = held;
  const outcome = wholeHead();
  if (outcome == NEEDS_INPUT) moveTo(at, bitsBefore, heldBefore);
  return outcome;
}

function wholeHead(): i32 {
  refill();
  if (held < 3) return NEEDS_INPUT;
  const last = take(1) == 1;
  const kind = take(2);
  let outcome = AHEAD;
  if (kind == 0) outcome = storedHead();
  else if (kind == 1) {
    makeFixed();
    state = CODED;
  } else if (kind == 2) outcome = codesHead();
  else return BROKEN;
  if (outcome == AHEAD) isLast = last;
  return outcome;
}

function storedHead(): i32 {
  giveBack();
  if (inEnd - inAt < 4) return NEEDS_INPUT;
  const length = <i32>load<u16>(inAt);
  if (length != (<i32>load<u16>(inAt, 2) ^ 0xffff)) return BROKEN;
  moveTo(inAt + 4, 0, 0);
  stored = length;
  state = STORED;
  return AHEAD;
}

/** The codes of a block (section 3.2.7). */
function codesHead(): i32 {
  if (held < 14) return NEEDS_INPUT;
  const literalCount = take(5) + 257;
  const distanceCount = take(5) + 1;
  const lengthCount = take(4) + 4;
  if (literalCount > 286 || distanceCount > 30) return BROKEN;
  memory.fill(given, 0, 19);
  for (let i = 0; i < lengthCount; i++) {
    refill();
    if (held < 3) return NEEDS_INPUT;
    store<u8>(given + load<u8>(order + i), <u8>take(3));
  }
  if (!makeLengths()) return BROKEN;
  const count = literalCount + distanceCount;
  for (let i = 0; i < count; ) {
    refill();
    const entry = load<u32>(lengths + ((<usize>bits & ((1 << LENGTH_BITS) - 1)) << 2));
    const length = <i32>(entry & 0xff);
    if (held < length + extraOf(<i32>(entry >>> 16))) return NEEDS_INPUT;
    if (entry & SPECIAL) return BROKEN;
    take(length);
    const symbol = <i32>(entry >>> 16);
    if (symbol < 16) {
      store<u8>(given + i++, <u8>symbol);
      continue;
    }
    if (symbol == 16 && i == 0) return BROKEN;
    const value: u8 = symbol == 16 ? load<u8>(given + i - 1) : 0;
    const times = symbol == 18 ? 11 + take(7) : 3 + take(symbol == 17 ? 3 : 2);
    if (i + times > count) return BROKEN;
    memory.fill(given + i, value, times);
    i += times;
  }
  if (load<u8>(given + 256) == 0) return BROKEN;
  if (!makeLiterals(literalCount, 0) || !makeDistances(distanceCount, literalCount)) return BROKEN;
  state = CODED;
  return AHEAD;
}

@inline
function extraOf(symbol: i32): i32 {
  return symbol < 16 ? 0 : symbol == 16 ? 2 : symbol == 17 ? 3 : 7;
}

function copyStored(): i32 {
  const count = min(stored, min(<i32>(inEnd - inAt), <i32>(outEnd - outAt)));
  if (count > 0) {
    memory.copy(outAt, inAt, count);
    moveTo(inAt + count, 0, 0);
    outAt += count;
    stored -= count;
  }
  if (stored == 0) return blockEnd();
  return outAt >= outEnd ? NEEDS_ROOM : NEEDS_INPUT;
}

function blockEnd(): i32 {
  if (!isLast) {
    state = HEAD;
    return AHEAD;
  }
  giveBack();
  state = OVER;
  return DONE;
}

/** Literals and matches: fast as long as there is plenty of input, then one by one. */
function coded(): i32 {
  while (true) {
    if (outAt >= outEnd) return NEEDS_ROOM;
    const outcome = <i32>(inEnd - inAt) >= AT_ONCE ? fast() : careful();
    if (outcome != AHEAD) return outcome == OVER_BLOCK ? blockEnd() : outcome;
  }
}

/** Within: the block has ended. */
const OVER_BLOCK: i32 = 5;

function fast(): i32 {
  let at = inAt;
  let out = outAt;
  let b = bits;
  let h = held;
  const lastAt = inEnd - AT_ONCE;
  const lastOut = outEnd;
  const from = outFrom;
  const longerLiteral = longerLiterals;
  const longerDistance = longerDistances;
  let outcome = AHEAD;
  while (at <= lastAt && out < lastOut) {
    b |= load<u64>(at) << h;
    at += (63 - h) >> 3;
    h |= 56;
    let entry = load<u32>(literals + ((<usize>b & ((1 << LITERAL_BITS) - 1)) << 2));
    if (entry & LITERAL) {
      b >>= entry & 0xff;
      h -= <i32>(entry & 0xff);
      store<u8>(out++, <u8>(entry >>> 16));
      entry = load<u32>(literals + ((<usize>b & ((1 << LITERAL_BITS) - 1)) << 2));
      if (entry & LITERAL) {
        b >>= entry & 0xff;
        h -= <i32>(entry & 0xff);
        store<u8>(out++, <u8>(entry >>> 16));
        entry = load<u32>(literals + ((<usize>b & ((1 << LITERAL_BITS) - 1)) << 2));
        if (entry & LITERAL) {
          b >>= entry & 0xff;
          h -= <i32>(entry & 0xff);
          store<u8>(out++, <u8>(entry >>> 16));
          continue;
        }
      }
      b |= load<u64>(at) << h;
      at += (63 - h) >> 3;
      h |= 56;
    }
    if (entry & SPECIAL) {
      if (entry & LONGER) {
        const further = <u32>(b >> LITERAL_BITS) & longerLiteral;
        entry = load<u32>(literals + (((entry >>> 16) + further) << 2));
      }
      if (entry & LITERAL) {
        b >>= entry & 0xff;
        h -= <i32>(entry & 0xff);
        store<u8>(out++, <u8>(entry >>> 16));
        continue;
      }
      if (entry & SPECIAL) {
        if (entry & END) {
          b >>= entry & 0xff;
          h -= <i32>(entry & 0xff);
          outcome = OVER_BLOCK;
        } else outcome = BROKEN;
        break;
      }
    }
    let code = b;
    b >>= entry & 0xff;
    h -= <i32>(entry & 0xff);
    const length = (entry >>> 16) + <u32>((code & ((<u64>1 << (entry & 0xff)) - 1)) >> ((entry >>> 8) & 0xf));
    let far = load<u32>(distances + ((<usize>b & ((1 << DISTANCE_BITS) - 1)) << 2));
    if (far & SPECIAL) {
      if (far & LONGER) {
        const further = <u32>(b >> DISTANCE_BITS) & longerDistance;
        far = load<u32>(distances + (((far >>> 16) + further) << 2));
      }
      if (far & SPECIAL) {
        outcome = BROKEN;
        break;
      }
    }
    code = b;
    b >>= far & 0xff;
    h -= <i32>(far & 0xff);
    const distance = (far >>> 16) + <u32>((code & ((<u64>1 << (far & 0xff)) - 1)) >> ((far >>> 8) & 0xf));
    if (distance > <u32>(out - from)) {
      outcome = BROKEN;
      break;
    }
    let source = out - distance;
    const end = out + length;
    if (distance >= 16) {
      v128.store(out, v128.load(source));
      v128.store(out, v128.load(source, 16), 16);
      if (length > 32) {
        out += 32;
        source += 32;
        do {
          v128.store(out, v128.load(source));
          out += 16;
          source += 16;
        } while (out < end);
      }
    } else copyNear(out, source, end, distance);
    out = end;
  }
  moveTo(at, b, h);
  outAt = out;
  return outcome;
}

/** A match that reaches into itself. */
function copyNear(out: usize, source: usize, end: usize, distance: u32): void {
  if (distance == 1) {
    const bytes = i8x16.splat(load<u8>(source));
    do {
      v128.store(out, bytes);
      out += 16;
    } while (out < end);
  } else if (distance >= 8) {
    do {
      store<u64>(out, load<u64>(source));
      out += 8;
      source += 8;
    } while (out < end);
  } else {
    do {
      store<u8>(out++, load<u8>(source++));
    } while (out < end);
  }
}

/** One literal or match, if all of it is there. */
function careful(): i32 {
  refill();
  let b = bits;
  let entry = load<u32>(literals + ((<usize>b & ((1 << LITERAL_BITS) - 1)) << 2));
  if (entry & LONGER && entry & SPECIAL) {
    entry = load<u32>(literals + (((entry >>> 16) + (<u32>(b >> LITERAL_BITS) & longerLiterals)) << 2));
  }
  let used = <i32>(entry & 0xff);
  if (used > held) return NEEDS_INPUT;
  if (entry & LITERAL) {
    store<u8>(outAt++, <u8>(entry >>> 16));
    take(used);
    return AHEAD;
  }
  if (entry & SPECIAL) {
    if (!(entry & END)) return BROKEN;
    take(used);
    return OVER_BLOCK;
  }
  const length = (entry >>> 16) + <u32>((b & ((<u64>1 << used) - 1)) >> ((entry >>> 8) & 0xf));
  b >>= used;
  let far = load<u32>(distances + ((<usize>b & ((1 << DISTANCE_BITS) - 1)) << 2));
  if (far & LONGER && far & SPECIAL) {
    far = load<u32>(distances + (((far >>> 16) + (<u32>(b >> DISTANCE_BITS) & longerDistances)) << 2));
  }
  const bitsOfFar = <i32>(far & 0xff);
  if (used + bitsOfFar > held) return NEEDS_INPUT;
  if (far & SPECIAL) return BROKEN;
  const distance = (far >>> 16) + <u32>((b & ((<u64>1 << bitsOfFar) - 1)) >> ((far >>> 8) & 0xf));
  if (distance > <u32>(outAt - outFrom)) return BROKEN;
  used += bitsOfFar;
  let source = outAt - distance;
  for (const end = outAt + length; outAt < end; ) store<u8>(outAt++, load<u8>(source++));
  take(used);
  return AHEAD;
}
