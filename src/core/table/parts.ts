/**
 * What the events of a page are broken down by: addresses, keys, sessions, error codes, ...: each value with
 * its events by outcome and the filter that shows exactly these.
 */
import { ABSENT, FIRST_VALUE, OPEN, columnIndex, type ColumnPath } from '../record/columns.ts';
import { FLAG } from './block.ts';
import { FIELD_PATHS, clauseFor } from './clause.ts';
import { IDENTITY_ACCOUNT, identityAccount } from './entity.ts';
import type { FieldName, TableFields } from './fields.ts';
import { valueOf, type Codes } from './rows.ts';
import type { Counts, Tallies } from './tallies.ts';
import type { CodeTally, Tally } from './tally.ts';

/** Breakdowns that are no field of the grids. */
const COLUMN_OF = {
  arn: 'userIdentity.arn',
  role: 'userIdentity.sessionContext.sessionIssuer.arn',
  mfa: 'userIdentity.sessionContext.attributes.mfaAuthenticated',
  through: 'userIdentity.invokedBy',
} as const satisfies Record<string, ColumnPath>;

/** Breakdowns whose events without a value are not worth a line: most events have none. */
const OPTIONAL: ReadonlySet<PartField> = new Set(['errorCode', 'role', 'mfa', 'through']);

export type PartField =
  | keyof typeof COLUMN_OF
  | Extract<
      FieldName,
      | 'principal'
      | 'principalType'
      | 'sourceIp'
      | 'country'
      | 'userAgent'
      | 'accessKeyId'
      | 'account'
      | 'region'
      | 'errorCode'
    >;

/** Some events: what came of them, when the first and the last was (ms, NaN = undated), and how to see them. */
export interface Counted {
  tally: Tally;
  from: number;
  to: number;
  /** The filter that shows exactly these events; null where no filter can say it. */
  query: string | null;
}

export interface PartValue extends Counted {
  /** As it stands in the data; '' = none. */
  value: string;
  /** Of a principal: the account of its identity, as `EntityRef` has it; null where no filter can name it. */
  account?: string | null;
  /** Of a principal: another one in the list has the same name. */
  shared?: boolean;
}

export interface Part {
  field: PartField;
  /** Most events first. */
  values: PartValue[];
  /** Distinct values in all, and the events of those that are not listed. */
  distinct: number;
  otherEvents: number;
  /** Events whose value only their record can tell: a list where one value belongs. Filters may find them. */
  unclear: number;
}

/** A list of codes to break events down by. */
export interface CodedField {
  name: string;
  path: string;
  codes: Codes;
  size: number;
  /** null: only the record can tell. */
  value(code: number): string | null;
  /** Whether a filter can ask for exactly this value. */
  askable(code: number): boolean;
}

/** A filter longer than this is refused by the language, characters. */
const LONGEST_QUERY = 10_000;

/** @returns `query` narrowed by a clause; null when either cannot be said, or it gets too long */
export function narrowed(query: string | null, clause: string | null): string | null {
  if (query === null || clause === null) return null;
  const text = `${query} AND ${clause}`;
  return text.length > LONGEST_QUERY ? null : text;
}

/** @returns the codes of a field or column over the rows of a table */
export function codedField(fields: TableFields, name: PartField | FieldName): CodedField {
  const { table } = fields;
  if (name in COLUMN_OF) return codedColumn(fields, name, COLUMN_OF[name as keyof typeof COLUMN_OF]);
  const field = fields.field(name as FieldName);
  const column = columnIndex(field.path);
  if (column >= 0) return codedColumn(fields, name, field.path as ColumnPath);
  const { codes, size } = name === 'country' ? withOwnPlaces(field, table) : field;
  return {
    name,
    path: field.path,
    codes,
    size,
    value: (code) => (code < field.size ? field.value(code) : null),
    askable: () => true,
  };
}

function codedColumn({ table }: TableFields, name: string, path: ColumnPath): CodedField {
  const column = columnIndex(path);
  return {
    name,
    path,
    codes: table.column(column),
    size: table.values[column]!.length + FIRST_VALUE,
    value: (code) => (code === OPEN ? null : String(valueOf(table, column, code) ?? '')),
    askable: (code) => code === ABSENT || typeof valueOf(table, column, code) === 'string',
  };
}

/** Countries, with a code of its own for events that bring a place with them: that is what filters look at. */
function withOwnPlaces(
  field: { codes: Codes; size: number },
  table: TableFields['table'],
): { codes: Codes; size: number } {
  let codes: Codes | null = null;
  for (let row = 0; row < table.rows; row++) {
    if ((table.flags[row]! & FLAG.OWN_GEO) === 0) continue;
    codes ??= Uint32Array.from(field.codes);
    codes[row] = field.size;
  }
  return codes === null ? field : { codes, size: field.size + 1 };
}

/** @returns the clause that selects exactly the events with this code; null where there is none */
export function codeClause(field: CodedField, code: number): string | null {
  const value = field.value(code);
  if (value === null || !field.askable(code)) return null;
  // A text that is empty is something else than no text.
  if (value === '' && code !== ABSENT && columnIndex(field.path) >= 0) return `${field.path}.keyword:""`;
  return clauseFor(Object.hasOwn(FIELD_PATHS, field.name) ? field.name : field.path, value);
}

/**
 * @param query the filter that shows all of the events
 * @param most values to list
 */
export function partOf(tallies: Tallies, name: PartField, query: string, most: number): Part {
  const { field, tally } = name === 'principal' ? byNamesake(tallies) : tallies.by(name);
  const part: Part = { field: name, values: [], distinct: 0, otherEvents: 0, unclear: 0 };
  for (const code of tally.codes) {
    const value = field.value(code);
    if (value === null) {
      part.unclear += tally.events(code);
      continue;
    }
    if (value === '' && OPTIONAL.has(name)) continue;
    part.distinct++;
    if (part.values.length === most) {
      part.otherEvents += tally.events(code);
      continue;
    }
    part.values.push({
      value,
      tally: tally.tally(code),
      ...tally.span(code),
      query: narrowed(query, codeClause(field, code)),
    });
  }
  if (name === 'principal') tellApart(tallies, part, tally);
  return part;
}

/** Principals of one name in one account are one value, whatever else their identities say. */
function byNamesake(tallies: Tallies): Counts {
  const { field, tally } = tallies.by('principal');
  const first = new Map<string, number>();
  const merged = (code: number): number => {
    const name = field.value(code) ?? '';
    const account = name === '' ? '' : accountOf(tallies, tally, code);
    const key = JSON.stringify([name, account]);
    const known = first.get(key) ?? code;
    first.set(key, known);
    return known;
  };
  return { field, tally: tally.fold(merged, field.size) };
}

/** Gives principals their accounts, and those that share a name a filter that tells them apart. */
function tellApart(tallies: Tallies, part: Part, tally: CodeTally): void {
  const names = new Map<string, number>();
  const { field } = tallies.by('principal');
  for (const code of tally.codes) {
    const name = field.value(code) ?? '';
    names.set(name, (names.get(name) ?? 0) + 1);
  }
  for (const [i, value] of part.values.entries()) {
    if (value.value === '') continue;
    const account = accountOf(tallies, tally, tally.codes[i]!);
    value.account = account;
    value.shared = names.get(value.value)! > 1;
    if (value.shared) {
      value.query = narrowed(value.query, account === null ? null : clauseFor(IDENTITY_ACCOUNT, account));
    }
  }
}

function accountOf({ fields, list }: Tallies, tally: CodeTally, code: number): string | null {
  return identityAccount(fields, list.rows[tally.sample(code)]!);
}
