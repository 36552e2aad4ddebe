/**
 * The fields that a person sees, filters, groups and sorts by, each as a small set of codes by event row.
 * Some are columns of the record, some are worked out: principal, outcome, country, alert, severity.
 */
import { FIRST_VALUE, columnIndex, type ColumnPath } from '../record/columns.ts';
import { summaryName } from '../record/summary.ts';
import { SEVERITIES, type Severity } from '../rules/index.ts';
import type { VirtualField } from './deciders.ts';
import { CountryField, OutcomeField, type DerivedField } from './derived-fields.ts';
import type { EventTable } from './event-table.ts';
import { FindingsIndex } from './findings-index.ts';
import { MarkSheet } from './mark-sheet.ts';
import { MARKS } from './mark.ts';
import { valueOf, type Codes } from './rows.ts';
import type { ItemKind } from './select.ts';

export type FieldName =
  | 'severity'
  | 'alert'
  | 'principal'
  | 'principalType'
  | 'eventName'
  | 'eventSource'
  | 'account'
  | 'region'
  | 'sourceIp'
  | 'country'
  | 'userAgent'
  | 'outcome'
  | 'errorCode'
  | 'accessKeyId'
  | 'readOnly'
  | 'category'
  | 'mark';

/** Fields that are one column of the record each. */
const COLUMN_OF: Partial<Record<FieldName, ColumnPath>> = {
  principalType: 'userIdentity.type',
  eventName: 'eventName',
  eventSource: 'eventSource',
  account: 'recipientAccountId',
  region: 'awsRegion',
  sourceIp: 'sourceIPAddress',
  userAgent: 'userAgent',
  errorCode: 'errorCode',
  accessKeyId: 'userIdentity.accessKeyId',
  readOnly: 'readOnly',
  category: 'eventCategory',
};

const EVENT_TYPE = columnIndex('eventType');

/** The paths by which the filter asks for fields that no record carries. */
export const VIRTUAL_PATHS: ReadonlySet<string> = new Set([
  'severity',
  'alert',
  'principal',
  'outcome',
  'mark',
  'note',
]);

/** What the fields need to know of a rule. */
export interface RuleFacts {
  id: string;
  name: string;
  severity: Severity;
  pack: string;
}

/** A field over the rows of a table: a code by row, and what a code stands for. */
export interface Field {
  readonly name: FieldName | ColumnPath;
  /** Path that the filter knows it by. */
  readonly path: string;
  /** Codes by event row; 0 = the event has no value. */
  readonly codes: Codes;
  /** Number of codes that may occur. */
  readonly size: number;
  /** Value of a code as text; '' for none. */
  value(code: number): string;
}

/**
 * The fields of one state of a table. Make a new one when the table has grown or its findings have changed:
 * what is worked out per row is worked out lazily and kept. Marks alone may change in between.
 */
export class TableFields {
  readonly findings: FindingsIndex;
  readonly #made = new Map<FieldName | ColumnPath, Field>();
  readonly #outcome: OutcomeField;
  readonly #country: CountryField;
  #summaryTypes: ReadonlySet<number> | null = null;

  /** @param before those of an earlier state of the table: what has not changed is taken from them */
  constructor(
    readonly table: EventTable,
    readonly rules: readonly RuleFacts[],
    readonly marks = new MarkSheet(table),
    before: TableFields | null = null,
  ) {
    this.findings = new FindingsIndex(table, before?.findings);
    this.#outcome = new OutcomeField(table, () => this.summaryTypes);
    this.#country = new CountryField(table);
  }

  /**
   * A field with one value an event, or a column of the record by its path. For `severity` it is that of the most severe
   * alert; `alert` has none.
   */
  field(name: FieldName | ColumnPath): Field {
    if (name === 'mark') return this.markField('events');
    let field = this.#made.get(name);
    if (!field) this.#made.set(name, (field = this.#make(name)));
    return field;
  }

  /** The value of a field of one event, as text: what a few events are asked for is not worked out for all of them. */
  text(name: FieldName | ColumnPath, row: number): string {
    const derived = name === 'outcome' ? this.#outcome : name === 'country' ? this.#country : null;
    if (derived !== null) return derived.value(derived.codeOf(row));
    const field = this.field(name);
    return field.value(field.codes[row]!);
  }

  /** Codes of `eventType` of records that are no call (see record/summary.ts): few cases have any. */
  get summaryTypes(): ReadonlySet<number> {
    return (this.#summaryTypes ??= new Set(
      this.table.values[EVENT_TYPE]!.flatMap((type, i) =>
        summaryName(type) === '' ? [] : [i + FIRST_VALUE],
      ),
    ));
  }

  /** How many of these events are no call. */
  countSummaries(events: Uint32Array): number {
    const summaries = this.summaryTypes;
    if (summaries.size === 0) return 0;
    const types = this.table.column(EVENT_TYPE);
    return events.reduce((sum, event) => sum + (summaries.has(types[event]!) ? 1 : 0), 0);
  }

  /** The marks as they are now; of findings by finding, not by event. */
  markField(kind: ItemKind): Field {
    return {
      name: 'mark',
      path: 'mark',
      codes: this.marks.status(kind),
      size: MARKS.length,
      value: (code) => MARKS[code] ?? '',
    };
  }

  #make(name: FieldName | ColumnPath): Field {
    const path = COLUMN_OF[name as FieldName];
    if (path !== undefined) return columnField(this.table, name, path);
    if (columnIndex(name) >= 0) return columnField(this.table, name, name as ColumnPath);
    switch (name) {
      case 'principal':
        return this.#principal();
      case 'outcome':
        return this.#overRows(this.#outcome, new Uint8Array(this.table.rows));
      case 'country':
        return this.#overRows(this.#country, new Uint16Array(this.table.rows));
      default:
        return this.#mostSevere();
    }
  }

  #principal(): Field {
    const { principals, principal } = this.table;
    return {
      name: 'principal',
      path: 'principal',
      codes: principal,
      size: principals.length,
      value: (code) => principals[code]?.name ?? '',
    };
  }

  /** A derived field over all rows. */
  #overRows(derived: DerivedField, codes: Uint8Array | Uint16Array): Field {
    for (let row = 0; row < codes.length; row++) codes[row] = derived.codeOf(row);
    return {
      name: derived.name,
      path: derived.path,
      codes,
      size: derived.size,
      value: (code) => derived.value(code),
    };
  }

  #mostSevere(): Field {
    const rank = this.findings.combos.map((rules) =>
      rules.length === 0
        ? 0
        : 1 + Math.min(...rules.map((rule) => SEVERITIES.indexOf(this.rules[rule]!.severity))),
    );
    return {
      name: 'severity',
      path: 'severity',
      codes: Uint8Array.from(this.findings.comboOf, (combo) => rank[combo]!),
      size: SEVERITIES.length + 1,
      value: (code) => SEVERITIES[code - 1] ?? '',
    };
  }

  /** The virtual fields for filtering events. An event has the severities and alerts of all its findings. */
  eventVirtuals(): VirtualField[] {
    const { comboOf, combos } = this.findings;
    const ofCombo = (path: string, pick: (rule: RuleFacts) => string): VirtualField => ({
      path,
      codeOf: (row) => comboOf[row]!,
      valuesOf: (code) => [...new Set(combos[code]!.map((rule) => pick(this.rules[rule]!)))],
    });
    return [
      ofCombo('severity', (r) => r.severity),
      ofCombo('alert', (r) => r.id),
      ...this.#marks('events', (row) => row),
      ...this.#common(),
    ];
  }

  /** The virtual fields for filtering findings: `current` tells which finding is being looked at. */
  findingVirtuals(current: () => number): VirtualField[] {
    const { hitRule } = this.table;
    const ofRule = (path: string, pick: (rule: RuleFacts) => string): VirtualField => ({
      path,
      codeOf: () => hitRule[current()]!,
      valuesOf: (code) => [pick(this.rules[code]!)],
    });
    return [
      ofRule('severity', (r) => r.severity),
      ofRule('alert', (r) => r.id),
      ...this.#marks('findings', current),
      ...this.#common(),
    ];
  }

  #marks(kind: ItemKind, itemOf: (row: number) => number): VirtualField[] {
    const status = this.marks.status(kind);
    const notes = this.marks.noteCodes(kind);
    return [
      { path: 'mark', codeOf: (row) => status[itemOf(row)]!, valuesOf: (code) => [MARKS[code]!] },
      { path: 'note', codeOf: (row) => notes[itemOf(row)]!, valuesOf: (code) => this.marks.notesOf(code) },
    ];
  }

  #common(): VirtualField[] {
    return (['principal', 'outcome'] as const).map((name) => {
      const field = this.field(name);
      return {
        path: name,
        codeOf: (row) => field.codes[row]!,
        valuesOf: (code) => (field.value(code) === '' ? [] : [field.value(code)]),
      };
    });
  }
}

function columnField(table: EventTable, name: Field['name'], path: ColumnPath): Field {
  const column = columnIndex(path);
  return {
    name,
    path,
    codes: table.column(column),
    size: table.values[column]!.length + FIRST_VALUE,
    value: (code) => String(valueOf(table, column, code) ?? ''),
  };
}
