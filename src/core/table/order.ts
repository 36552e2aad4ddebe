/**
 * Sorting of a view. Every key is turned into a whole number, its rank. Ranks are counted, not compared: stable, and a
 * million rows take some milliseconds a key.
 */
import type { EventTable } from './event-table.ts';
import { SEVERITIES } from '../rules/index.ts';
import type { Field, TableFields } from './fields.ts';
import { rowOfItem, type ItemKind } from './select.ts';

export interface SortKey {
  field: Field['name'] | 'time';
  descending: boolean;
}

/**
 * Place of each event in time order, first = 0, events of one second in order of arrival; undated events
 * come after all others.
 */
export function timePlaces(table: EventTable): Uint32Array {
  const n = table.rows;
  const time = table.time.subarray(0, n);
  let first = Infinity;
  let last = -Infinity;
  for (let row = 0; row < n; row++) {
    if (time[row]! < first) first = time[row]!;
    if (time[row]! > last) last = time[row]!;
  }
  const undated = first > last ? 0 : Math.floor((last - first) / 1000) + 1;
  // Seconds since the first event. Those that take more than 32 bits (136 years) have a second word.
  const low = new Uint32Array(n);
  const high = undated < WORD ? null : new Uint32Array(n);
  for (let row = 0; row < n; row++) {
    const at = time[row]!;
    const seconds = at === at ? Math.floor((at - first) / 1000) : undated;
    low[row] = seconds;
    if (high !== null) high[row] = Math.floor(seconds / WORD);
  }
  let order: Uint32Array = new Uint32Array(n);
  for (let row = 0; row < n; row++) order[row] = row;
  order = sortByWord(order, low, Math.min(undated, WORD - 1));
  if (high !== null) order = sortByWord(order, high, Math.floor(undated / WORD));
  const places = new Uint32Array(n);
  for (let place = 0; place < n; place++) places[order[place]!] = place;
  return places;
}

const WORD = 2 ** 32;

/** @returns the rows in the order of their words, none of which is above `most`, else as they were */
function sortByWord(rows: Uint32Array, words: Uint32Array, most: number): Uint32Array {
  // Counting to the values of a digit should not take longer than going through the rows; and the fewer they are, the
  // more often what is written next is at hand: digits of one width.
  const width = 32 - Math.clz32(most);
  const bits = Math.ceil(width / Math.ceil(width / (rows.length < 2 ** 16 ? 8 : 16)));
  let sorted = rows;
  for (let shift = 0; shift < width; shift += bits) {
    sorted = sortByDigit(sorted, words, shift, bits);
  }
  return sorted;
}

/** @returns the rows in the order of one digit of their words, else as they were */
function sortByDigit(rows: Uint32Array, words: Uint32Array, shift: number, bits: number): Uint32Array {
  const n = rows.length;
  const mask = 2 ** bits - 1;
  const digits = new Uint16Array(n);
  /** Where the next row of a digit goes. */
  const next = new Uint32Array(mask + 2);
  for (let i = 0; i < n; i++) {
    const digit = (words[rows[i]!]! >>> shift) & mask;
    digits[i] = digit;
    next[digit + 1]!++;
  }
  for (let digit = 1; digit <= mask; digit++) next[digit]! += next[digit - 1]!;
  const sorted = new Uint32Array(n);
  for (let i = 0; i < n; i++) sorted[next[digits[i]!]!++] = rows[i]!;
  return sorted;
}

/**
 * @param items items of a view, in any order
 * @param places result of `timePlaces`
 * @returns the items sorted by the keys, then by time, then by arrival
 */
export function sortItems(
  items: Uint32Array,
  kind: ItemKind,
  keys: readonly SortKey[],
  fields: TableFields,
  places: Uint32Array,
): Uint32Array {
  const { table } = fields;
  let sorted = items;
  const deciding: readonly SortKey[] = keys.some(({ field }) => field === 'time')
    ? keys
    : [...keys, { field: 'time', descending: false }];
  for (const key of [...deciding].reverse()) {
    sorted = sortStable(sorted, rankOf(key, kind, fields, places), key.descending);
  }
  return sorted;

  function rankOf(
    key: SortKey,
    kind: ItemKind,
    fields: TableFields,
    places: Uint32Array,
  ): (item: number) => number {
    if (key.field === 'time') {
      return (item) => {
        const row = rowOfItem(table, kind, item);
        return table.time[row]! === table.time[row]! ? places[row]! : LAST;
      };
    }
    if (key.field === 'mark') {
      const codes = fields.marks.status(kind);
      return (item) => codes[item]!;
    }
    if (kind === 'findings' && (key.field === 'alert' || key.field === 'severity')) {
      const ranks = key.field === 'alert' ? ruleNameRanks(fields) : ruleSeverityRanks(fields);
      return (item) => ranks[table.hitRule[item]!]!;
    }
    const field = fields.field(key.field);
    const ranks = valueRanks(field);
    return (item) => ranks[field.codes[rowOfItem(table, kind, item)]!]!;
  }
}

/** Rank of what has no value: last, in whichever direction. */
const LAST = -1;

function sortStable(items: Uint32Array, rank: (item: number) => number, descending: boolean): Uint32Array {
  const n = items.length;
  const ranks = new Float64Array(n);
  let most = 0;
  for (let i = 0; i < n; i++) {
    ranks[i] = rank(items[i]!);
    if (ranks[i]! > most) most = ranks[i]!;
  }
  for (let i = 0; i < n; i++) {
    const r = ranks[i]!;
    ranks[i] = r === LAST ? most + 1 : descending ? most - r : r;
  }
  return most > SPARSE * n ? sortFew(items, ranks) : sortByCounting(items, ranks, most + 1);
}

/** Beyond so many ranks for each item, sorting the items is less work than counting the ranks. */
const SPARSE = 16;

/** @param most no rank is higher */
function sortByCounting(items: Uint32Array, ranks: Float64Array, most: number): Uint32Array {
  const n = items.length;
  /** Where the next item of a rank goes. */
  const next = new Uint32Array(most + 2);
  for (let i = 0; i < n; i++) next[ranks[i]! + 1]!++;
  for (let r = 1; r <= most; r++) next[r]! += next[r - 1]!;
  const sorted = new Uint32Array(n);
  for (let i = 0; i < n; i++) sorted[next[ranks[i]!]!++] = items[i]!;
  return sorted;
}

/** The numbers that are sorted carry the item's place in their remainder. */
function sortFew(items: Uint32Array, ranks: Float64Array): Uint32Array {
  const n = items.length;
  const keys = ranks.map((rank, i) => rank * n + i).sort();
  const sorted = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const key = keys[i]!;
    sorted[i] = items[key - Math.floor(key / n) * n]!;
  }
  return sorted;
}

/** Ranks of a field's codes by their text; severities by weight, so that descending puts critical first. */
function valueRanks(field: Field): Float64Array {
  const codes = Array.from({ length: field.size }, (_, code) => code);
  const texts = codes.map((code) => field.value(code));
  const ranks = new Float64Array(field.size);
  if (field.name === 'severity') {
    codes.forEach((code) => (ranks[code] = code === 0 ? LAST : field.size - code));
    return ranks;
  }
  const order = codes.sort((a, b) => (texts[a]! < texts[b]! ? -1 : texts[a]! > texts[b]! ? 1 : 0));
  // Codes of the same text share a rank: two principals may have one name.
  let rank = 0;
  order.forEach((code, i) => {
    if (i > 0 && texts[code] !== texts[order[i - 1]!]) rank++;
    ranks[code] = texts[code] === '' ? LAST : rank;
  });
  return ranks;
}

function ruleNameRanks(fields: TableFields): Float64Array {
  const order = fields.rules
    .map((_, i) => i)
    .sort((a, b) => (fields.rules[a]!.name < fields.rules[b]!.name ? -1 : 1));
  const ranks = new Float64Array(fields.rules.length);
  order.forEach((rule, rank) => (ranks[rule] = rank));
  return ranks;
}

function ruleSeverityRanks(fields: TableFields): Float64Array {
  return Float64Array.from(fields.rules, (rule) => SEVERITIES.length - SEVERITIES.indexOf(rule.severity));
}
