/**
 * Who acts and from where: the principals, addresses and access keys of a case, each of which has a page of
 * its own.
 */
import { columnIndex } from '../record/columns.ts';
import { clauseFor } from './clause.ts';
import type { FieldName, TableFields } from './fields.ts';
import { SOURCE_IP, valueOf } from './rows.ts';
import type { TimeRange } from './select.ts';

export const ENTITY_KINDS = ['principal', 'address', 'key'] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** A principal (by the name that `principalOf` gives it), an address, or an access key. */
export interface EntityRef {
  kind: EntityKind;
  /** Never empty. */
  value: string;
}

/** The field whose value names an entity. */
export const ENTITY_FIELD = {
  principal: 'principal',
  address: 'sourceIp',
  key: 'accessKeyId',
} as const satisfies Record<EntityKind, FieldName>;

/** @returns the kind of entity that the values of a field name, or null when they name none */
export function entityKindOf(field: string): EntityKind | null {
  return ENTITY_KINDS.find((kind) => ENTITY_FIELD[kind] === field) ?? null;
}

/** @returns the clause that selects exactly the events of an entity */
export function entityClause({ kind, value }: EntityRef): string {
  return clauseFor(ENTITY_FIELD[kind], value);
}

/** @returns rows of the events of an entity within a time range, ascending */
export function entityRows(fields: TableFields, { kind, value }: EntityRef, range: TimeRange): Uint32Array {
  const { table } = fields;
  const field = fields.field(ENTITY_FIELD[kind]);
  const isIts = new Uint8Array(field.size);
  for (let code = 0; code < field.size; code++) {
    // A number is another value than the same digits as a text, which is what the clause asks for.
    if (field.value(code) === value && isText(fields, kind, code)) isIts[code] = 1;
  }
  const bounded = range.from !== null || range.to !== null;
  const from = range.from ?? -Infinity;
  const to = range.to ?? Infinity;
  const { codes } = field;
  const { time, rows: count } = table;
  const rows = new Uint32Array(count);
  let found = 0;
  for (let row = 0; row < count; row++) {
    if (isIts[codes[row]!] === 0) continue;
    // Written so that NaN, an undated event, is out of every range.
    if (bounded && !(time[row]! >= from && time[row]! <= to)) continue;
    rows[found++] = row;
  }
  return rows.slice(0, found);
}

function isText({ table }: TableFields, kind: EntityKind, code: number): boolean {
  if (kind === 'principal') return true;
  const column = kind === 'address' ? SOURCE_IP : ACCESS_KEY;
  return typeof valueOf(table, column, code) === 'string';
}

const ACCESS_KEY = columnIndex('userIdentity.accessKeyId');
