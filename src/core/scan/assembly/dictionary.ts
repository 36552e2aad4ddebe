/**
 * The dictionaries: distinct values of each column and their codes.
 *
 * A value seen before costs one comparison with the value that stood here in the last record of the same principal, or
 * one hash and one comparison. What is new is told to JavaScript, which makes a string of it.
 */
import { FIRST_VALUE } from '../../record/codes';
import { PADDING, QUOTE, byteAt } from './json';
import { zeroed } from './room';
import { same } from './same';

/** Told of each new value: its bytes are valid until the call returns. The code is the next one of the column. */
@external('env', 'gained')
declare function gained(column: i32, start: i32, end: i32): void;

/** Contexts that guesses are kept for; more share a place. */
const MOST_CONTEXTS: i32 = 0x10000;
/** Values are stored behind one another, in pieces of this size. */
const PIECE: i32 = 0x10000;

@unmanaged
class StoredValue {
  /** Where its bytes are. */
  start: i32;
  /** -1: it has none (a number, a text with escapes), and is never found by its bytes. */
  length: i32;
  hash: u32;
}

const VALUE_SIZE: i32 = 12;

@unmanaged
export class Dictionary {
  column: i32;
  count: i32;
  /** StoredValue by code - FIRST_VALUE, with room for `capacity`. */
  values: i32;
  capacity: i32;
  /** Open addressing: slot -> code, 0 = free. Always at most half full. */
  slots: i32;
  slotMask: i32;
  /** Code that was met last, by context. */
  guesses: i32;
  guessCount: i32;
  /** Codes of `true` and `false`, 0 = not met. */
  whenTrue: i32;
  whenFalse: i32;
  seed: u32;
}

const DICTIONARY_SIZE: i32 = 44;

let dictionaries: i32 = 0;
let pieceAt: i32 = 0;
let pieceEnd: i32 = 0;

/** @param seed of the hashes, so that nobody can prepare values that all collide */
export function makeDictionaries(count: i32, seed: u32): void {
  dictionaries = zeroed(count * DICTIONARY_SIZE);
  for (let column = 0; column < count; column++) {
    const dictionary = dictionaryOf(column);
    dictionary.column = column;
    dictionary.capacity = 64;
    dictionary.values = zeroed(64 * VALUE_SIZE);
    dictionary.slotMask = 127;
    dictionary.slots = zeroed(128 * 4);
    dictionary.guessCount = 64;
    dictionary.guesses = zeroed(64 * 4);
    dictionary.seed = seed;
  }
}

@inline
export function dictionaryOf(column: i32): Dictionary {
  return changetype<Dictionary>(dictionaries + column * DICTIONARY_SIZE);
}

@inline
function valueOf(dictionary: Dictionary, code: i32): StoredValue {
  return changetype<StoredValue>(dictionary.values + (code - FIRST_VALUE) * VALUE_SIZE);
}

/** @returns length of a value that came as bytes */
@inline
export function lengthOf(dictionary: Dictionary, code: i32): i32 {
  return valueOf(dictionary, code).length;
}

/**
 * Is the value that begins at `start` the one that was met last in this context? Where it is not, it must be found the
 * usual way and told with `learn`.
 *
 * @returns its code, 0 when the guess is wrong
 */
@inline
export function guess(dictionary: Dictionary, start: i32, end: i32, context: i32): i32 {
  context &= MOST_CONTEXTS - 1;
  if (context >= dictionary.guessCount) return 0;
  const code = load<i32>(dictionary.guesses + (context << 2));
  if (code == 0) return 0;
  const value = valueOf(dictionary, code);
  const stop = start + value.length;
  if (stop >= end || byteAt(stop) != QUOTE) return 0;
  return same(start, value.start, value.length) ? code : 0;
}

/** In this context, the value of `code` is to be guessed next time. It must be one that came as bytes. */
export function learn(dictionary: Dictionary, context: i32, code: i32): void {
  context &= MOST_CONTEXTS - 1;
  if (context >= dictionary.guessCount) {
    let count = dictionary.guessCount;
    while (count <= context) count <<= 1;
    const larger = zeroed(count << 2);
    memory.copy(larger, dictionary.guesses, dictionary.guessCount << 2);
    heap.free(dictionary.guesses);
    dictionary.guesses = larger;
    dictionary.guessCount = count;
  }
  store<i32>(dictionary.guesses + (context << 2), code);
}

/** @returns the code of the value that stands at `start` to `end` as it is, without escapes */
export function intern(dictionary: Dictionary, start: i32, end: i32): i32 {
  const length = end - start;
  const hash = hashOf(start, length, dictionary.seed);
  const mask = dictionary.slotMask;
  for (let slot = <i32>hash & mask; ; slot = (slot + 1) & mask) {
    const code = load<i32>(dictionary.slots + (slot << 2));
    if (code == 0) break;
    const value = valueOf(dictionary, code);
    if (value.hash == hash && value.length == length && same(start, value.start, length)) return code;
  }
  const code = add(dictionary, keep(start, length), length, hash);
  gained(dictionary.column, start, end);
  return code;
}

/** @returns a new code for a value that is not at hand as plain bytes: JavaScript remembers which */
export function newCode(dictionary: Dictionary): i32 {
  return add(dictionary, 0, -1, 0);
}

/** Eight bytes at a time; the last eight may overlap those before. */
function hashOf(start: i32, length: i32, seed: u32): u32 {
  let hash: u64 = ((<u64>seed) << 32) ^ (<u64>length * 0x9e3779b97f4a7c15);
  if (length < 8) {
    const known: u64 = (<u64>1 << (<u64>length << 3)) - 1;
    hash = mixed(hash, load<u64>(start) & known);
  } else {
    const last = start + length - 8;
    for (let i = start; i < last; i += 8) hash = mixed(hash, load<u64>(i));
    hash = mixed(hash, load<u64>(last));
  }
  return <u32>(hash ^ (hash >>> 32));
}

@inline
function mixed(hash: u64, word: u64): u64 {
  const product = (hash ^ word) * 0xff51afd7ed558ccd;
  return product ^ (product >>> 29);
}

/** Copies a value to where it stays. @returns its address */
function keep(start: i32, length: i32): i32 {
  if (pieceAt + length + PADDING > pieceEnd) {
    const size = max(PIECE, length + PADDING);
    pieceAt = <i32>heap.alloc(size);
    pieceEnd = pieceAt + size;
  }
  const at = pieceAt;
  memory.copy(at, start, length);
  pieceAt += length;
  return at;
}

function add(dictionary: Dictionary, start: i32, length: i32, hash: u32): i32 {
  if (dictionary.count == dictionary.capacity) {
    const size = dictionary.capacity * VALUE_SIZE;
    const larger = <i32>heap.alloc(size << 1);
    memory.copy(larger, dictionary.values, size);
    heap.free(dictionary.values);
    dictionary.values = larger;
    dictionary.capacity <<= 1;
  }
  const code = FIRST_VALUE + dictionary.count++;
  const value = valueOf(dictionary, code);
  value.start = start;
  value.length = length;
  value.hash = hash;
  if (length < 0) return code;
  if (dictionary.count * 2 > dictionary.slotMask) grow(dictionary);
  else place(dictionary, code, hash);
  return code;
}

function place(dictionary: Dictionary, code: i32, hash: u32): void {
  const mask = dictionary.slotMask;
  let slot = <i32>hash & mask;
  while (load<i32>(dictionary.slots + (slot << 2)) != 0) slot = (slot + 1) & mask;
  store<i32>(dictionary.slots + (slot << 2), code);
}

function grow(dictionary: Dictionary): void {
  heap.free(dictionary.slots);
  const count = (dictionary.slotMask + 1) << 2;
  dictionary.slots = zeroed(count << 2);
  dictionary.slotMask = count - 1;
  for (let code = FIRST_VALUE; code < FIRST_VALUE + dictionary.count; code++) {
    const value = valueOf(dictionary, code);
    if (value.length >= 0) place(dictionary, code, value.hash);
  }
}
