/**
 * Who acts and from where: the principals, addresses and access keys of a case, each of which has a page of
 * its own.
 */
import { ABSENT, FIRST_VALUE, columnIndex, type ColumnPath } from '../record/columns.ts';
import { clauseFor } from './clause.ts';
import type { FieldName, TableFields } from './fields.ts';
import { SOURCE_IP, valueOf } from './rows.ts';
import type { TimeRange } from './select.ts';

export const ENTITY_KINDS = ['principal', 'address', 'key'] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** A principal (by the name that `principalOf` gives it), an address, or an access key. */
export interface EntityRef {
  kind: EntityKind;
  /** '' = events whose record names none. */
  value: string;
  /**
   * Of a principal the account that its identity belongs to, which is what tells two of one name apart: '' = the record
   * names none. Without it, all of that name.
   */
  account?: string;
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

/** The account of an identity; `recipientAccountId` is the one whose trail recorded the event. */
export const IDENTITY_ACCOUNT = 'userIdentity.accountId' satisfies ColumnPath;

/** @returns the query that selects exactly the events of an entity */
export function entityClause({ kind, value, account }: EntityRef): string {
  const clause = clauseFor(ENTITY_FIELD[kind], value);
  return account === undefined ? clause : `${clause} AND ${clauseFor(IDENTITY_ACCOUNT, account)}`;
}

/** @returns rows of the events of an entity within a time range, ascending */
export function entityRows(fields: TableFields, entity: EntityRef, range: TimeRange): Uint32Array {
  const { table } = fields;
  const { codes } = fields.field(ENTITY_FIELD[entity.kind]);
  const isIts = codesOf(fields, entity);
  const accounts = table.column(ACCOUNT);
  const isItsAccount = accountCodes(fields, entity.account);
  const bounded = range.from !== null || range.to !== null;
  const from = range.from ?? -Infinity;
  const to = range.to ?? Infinity;
  const { time, rows: count } = table;
  const rows = new Uint32Array(count);
  let found = 0;
  for (let row = 0; row < count; row++) {
    if (isIts[codes[row]!] === 0) continue;
    if (isItsAccount !== null && isItsAccount[accounts[row]!] === 0) continue;
    // Written so that NaN, an undated event, is out of every range.
    if (bounded && !(time[row]! >= from && time[row]! <= to)) continue;
    rows[found++] = row;
  }
  return rows.slice(0, found);
}

/** 1 for the codes of an entity's field that are the entity. */
function codesOf(fields: TableFields, { kind, value }: EntityRef): Uint8Array {
  if (kind !== 'principal') return columnCodes(fields, kind === 'address' ? SOURCE_IP : ACCESS_KEY, value);
  const field = fields.field(ENTITY_FIELD.principal);
  const isIts = new Uint8Array(field.size);
  for (let code = 0; code < field.size; code++) if (field.value(code) === value) isIts[code] = 1;
  return isIts;
}

function accountCodes(fields: TableFields, account: string | undefined): Uint8Array | null {
  return account === undefined ? null : columnCodes(fields, ACCOUNT, account);
}

/** 1 for the codes of a column that a filter for this very text, or for none, selects: a number is another value. */
function columnCodes({ table }: TableFields, column: number, value: string): Uint8Array {
  const isIts = new Uint8Array(table.values[column]!.length + FIRST_VALUE);
  if (value === '') isIts[ABSENT] = 1;
  else {
    const place = table.values[column]!.indexOf(value);
    if (place >= 0) isIts[place + FIRST_VALUE] = 1;
  }
  return isIts;
}

/** @returns the account that the identity of an event belongs to, '' = none; null where no filter can name it */
export function identityAccount({ table }: TableFields, row: number): string | null {
  const code = table.column(ACCOUNT)[row]!;
  if (code === ABSENT) return '';
  const value = valueOf(table, ACCOUNT, code);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A principal of some name, told apart by its account, and how many events it has. */
export interface Namesake {
  /** As `EntityRef` has it; null where no filter can name it. */
  account: string | null;
  events: number;
}

/** @returns the principals of the name of one in the whole case, those with most events first; none of what is no principal */
export function namesakesOf(fields: TableFields, { kind, value: name }: EntityRef): Namesake[] {
  const { table } = fields;
  if (kind !== 'principal' || name === '') return [];
  const counts = new Uint32Array(table.principals.length);
  const sample = new Uint32Array(table.principals.length);
  for (let row = 0; row < table.rows; row++) {
    const code = table.principal[row]!;
    counts[code]!++;
    sample[code] = row;
  }
  const found = new Map<string | null, number>();
  for (const [code, principal] of table.principals.entries()) {
    if (principal.name !== name || counts[code] === 0) continue;
    const account = identityAccount(fields, sample[code]!);
    found.set(account, (found.get(account) ?? 0) + counts[code]!);
  }
  return [...found].map(([account, events]) => ({ account, events })).sort((a, b) => b.events - a.events);
}

/** @returns what `entityClause` does, shorter where the name is that of one principal alone */
export function entityQuery(entity: EntityRef, namesakes: readonly Namesake[]): string {
  const { kind, value, account } = entity;
  const isOnly = namesakes.length === 1 && namesakes[0]!.account === account;
  return entityClause(isOnly ? { kind, value } : entity);
}

/** @returns the entity that an event names in a field; null where no filter can name it */
export function entityAt(fields: TableFields, kind: EntityKind, row: number): EntityRef | null {
  const field = fields.field(ENTITY_FIELD[kind]);
  const code = field.codes[row]!;
  const value = field.value(code);
  if (kind !== 'principal') {
    const column = kind === 'address' ? SOURCE_IP : ACCESS_KEY;
    const isText = typeof valueOf(fields.table, column, code) === 'string';
    return isText && value !== '' ? { kind, value } : null;
  }
  const account = identityAccount(fields, row);
  return value === '' ? null : { kind, value, ...(account === null ? {} : { account }) };
}

const ACCESS_KEY = columnIndex('userIdentity.accessKeyId');
const ACCOUNT = columnIndex(IDENTITY_ACCOUNT);
