/**
 * The fields that a person sees, filters, groups and sorts by, each as a small set of codes by event row.
 * Some are columns of the record, some are worked out: principal, outcome, country, alert, severity.
 */
import { FIRST_VALUE, OPEN, columnIndex, type ColumnPath } from '../record/columns.ts';
import { OUTCOMES, outcomeOf, type Said } from '../record/outcome.ts';
import { summaryName } from '../record/summary.ts';
import { SEVERITIES, type Severity } from '../rules/index.ts';
import { FLAG } from './block.ts';
import type { VirtualField } from './deciders.ts';
import type { EventTable } from './event-table.ts';
import { FindingsIndex } from './findings-index.ts';
import { MarkSheet } from './mark-sheet.ts';
import { MARKS } from './mark.ts';
import { GEO_FIELD, SOURCE_IP, valueOf, type Codes } from './rows.ts';
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
  #summaryTypes: ReadonlySet<number> | null = null;

  constructor(
    readonly table: EventTable,
    readonly rules: readonly RuleFacts[],
    readonly marks = new MarkSheet(table),
  ) {
    this.findings = new FindingsIndex(table);
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
        return this.#outcome();
      case 'country':
        return this.#country();
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

  #outcome(): Field {
    const { table } = this;
    const column = columnIndex('errorCode');
    const errors = table.column(column);
    const SAID = FLAG.SAID_FAILED | FLAG.SAID_REFUSED;
    const judge = (code: number, said: Said): number => {
      // A list or an object of codes is no success, whatever it holds.
      const outcome = outcomeOf(String(valueOf(table, column, code) ?? ''), code === OPEN ? 'failed' : said);
      return OUTCOMES.indexOf(outcome) + 1;
    };
    /** By code of `errorCode`, where nothing else is said; 0 = not judged yet. */
    const byCode = new Uint8Array(table.values[column]!.length + FIRST_VALUE);
    const codes = new Uint8Array(table.rows);
    const summaries = this.summaryTypes;
    const types = table.column(EVENT_TYPE);
    for (let row = 0; row < table.rows; row++) {
      if (summaries.size > 0 && summaries.has(types[row]!)) continue;
      const code = errors[row]!;
      const said = table.flags[row]! & SAID;
      codes[row] =
        said === 0
          ? byCode[code]! || (byCode[code] = judge(code, 'nothing'))
          : judge(code, said & FLAG.SAID_REFUSED ? 'refused' : 'failed');
    }
    return {
      name: 'outcome',
      path: 'outcome',
      codes,
      size: OUTCOMES.length + 1,
      value: (code) => OUTCOMES[code - 1] ?? '',
    };
  }

  #country(): Field {
    const { table } = this;
    const names: string[] = [''];
    const numbers = new Map<string, number>([['', 0]]);
    const byAddress = table.values[SOURCE_IP]!.map((address) => {
      const country = typeof address === 'string' ? (table.placeOf?.(address)?.country_name ?? '') : '';
      let number = numbers.get(country);
      if (number === undefined) {
        number = names.length;
        names.push(country);
        numbers.set(country, number);
      }
      return number;
    });
    const addresses = table.column(SOURCE_IP);
    const codes = new Uint16Array(table.rows);
    for (let row = 0; row < table.rows; row++) {
      const code = addresses[row]!;
      codes[row] = code < FIRST_VALUE ? 0 : byAddress[code - FIRST_VALUE]!;
    }
    return {
      name: 'country',
      path: `${GEO_FIELD}.country_name`,
      codes,
      size: names.length,
      value: (code) => names[code] ?? '',
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
