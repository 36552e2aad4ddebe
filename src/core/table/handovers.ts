/**
 * Calls that hand out keys: who acts with a key that somebody else got. The key stands in the record alone, so
 * that only some records can be looked at: these are the rows worth it.
 */
import { FIRST_VALUE, columnIndex } from '../record/columns.ts';
import { OUTCOMES } from '../record/outcome.ts';
import { FLAG } from './block.ts';
import { ENTITY_FIELD, entityRows, type EntityRef } from './entity.ts';
import type { TableFields } from './fields.ts';
import { valueOf } from './rows.ts';
import type { TimeRange } from './select.ts';

/** Operations of STS and IAM that answer with an access key (AWS STS and IAM API references). */
const OPERATIONS: ReadonlySet<unknown> = new Set([
  'AssumeRole',
  'AssumeRoleWithSAML',
  'AssumeRoleWithWebIdentity',
  'AssumeRoot',
  'GetSessionToken',
  'GetFederationToken',
  'CreateAccessKey',
]);

/** Longest that the keys of a session last (GetSessionToken, GetFederationToken), ms. */
const LONGEST_SESSION = 36 * 3_600_000;

export interface HandoverRows {
  /** Calls by which the entity got keys, newest first. */
  given: Uint32Array;
  /** Calls by which the keys that it acts with may have been handed out, newest first. */
  received: Uint32Array;
  /** The keys that it acts with. */
  keys: ReadonlySet<string>;
}

/** @returns the rows whose records tell which keys an entity handed on, and where its own came from */
export function handoverRows(fields: TableFields, entity: EntityRef, range: TimeRange): HandoverRows {
  const { table } = fields;
  const name = columnIndex('eventName');
  const names = table.column(name);
  const success = OUTCOMES.indexOf('success') + 1;
  const outcomes = fields.field('outcome').codes;
  const hands = new Uint8Array(table.values[name]!.length + FIRST_VALUE);
  for (let code = FIRST_VALUE; code < hands.length; code++) {
    if (OPERATIONS.has(valueOf(table, name, code))) hands[code] = 1;
  }
  const handsOut = (row: number): boolean =>
    hands[names[row]!] === 1 && outcomes[row] === success && (table.flags[row]! & FLAG.HAS_RESPONSE) !== 0;
  const newestFirst = (rows: Uint32Array): Uint32Array =>
    rows.sort((a, b) => (table.time[b]! || 0) - (table.time[a]! || 0) || b - a);

  const own = entityRows(fields, entity, range);
  const keys = keysOf(fields, entity, own);
  let first = Infinity;
  let last = -Infinity;
  for (const row of own) {
    first = Math.min(first, table.time[row]! || Infinity);
    last = Math.max(last, table.time[row]! || -Infinity);
  }
  // A key of a user lasts until it is deleted, one of a session does not.
  const earliest = [...keys].some((key) => !key.startsWith('ASIA')) ? -Infinity : first - LONGEST_SESSION;
  const received: number[] = [];
  if (keys.size > 0) {
    for (let row = 0; row < table.rows; row++) {
      const time = table.time[row]!;
      if (time >= earliest && time <= last && handsOut(row)) received.push(row);
    }
  }
  return {
    given: newestFirst(own.filter(handsOut)),
    received: newestFirst(Uint32Array.from(received)),
    keys,
  };
}

/** An address has keys pass through it, but none of its own. */
function keysOf(fields: TableFields, entity: EntityRef, rows: Uint32Array): ReadonlySet<string> {
  if (entity.kind === 'key') return new Set([entity.value]);
  if (entity.kind === 'address') return new Set();
  const field = fields.field(ENTITY_FIELD.key);
  const codes = new Set<number>();
  for (const row of rows) codes.add(field.codes[row]!);
  const keys = new Set([...codes].map((code) => field.value(code)));
  keys.delete('');
  return keys;
}
