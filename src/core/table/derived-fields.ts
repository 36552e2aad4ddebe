/** Fields that no record carries and that are worked out of its columns, event by event. */
import { FIRST_VALUE, OPEN, columnIndex } from '../record/columns.ts';
import { OUTCOMES, outcomeOf, type Said } from '../record/outcome.ts';
import { FLAG } from './block.ts';
import type { EventTable } from './event-table.ts';
import { GEO_FIELD, SOURCE_IP, valueOf } from './rows.ts';

/** A field that is worked out when it is asked for. Its codes mean the same as long as it lives. */
export interface DerivedField {
  readonly name: 'outcome' | 'country';
  /** Path that the filter knows it by. */
  readonly path: string;
  /** @returns the code of an event; 0 = it has no value */
  codeOf(row: number): number;
  /** One more than the largest code that was given so far. */
  readonly size: number;
  value(code: number): string;
}

const ERROR_CODE = columnIndex('errorCode');
const EVENT_TYPE = columnIndex('eventType');
const SAID = FLAG.SAID_FAILED | FLAG.SAID_REFUSED;

/** How a call ended; what is no call has no outcome. */
export class OutcomeField implements DerivedField {
  readonly name = 'outcome';
  readonly path = 'outcome';
  readonly size = OUTCOMES.length + 1;
  /** By code of `errorCode`, where nothing else is said; 0 = not judged yet. */
  readonly #byCode: Uint8Array;

  /** @param summaryTypes codes of `eventType` of records that are no call */
  constructor(
    private readonly table: EventTable,
    private readonly summaryTypes: () => ReadonlySet<number>,
  ) {
    this.#byCode = new Uint8Array(table.values[ERROR_CODE]!.length + FIRST_VALUE);
  }

  codeOf(row: number): number {
    const { table } = this;
    const summaries = this.summaryTypes();
    if (summaries.size > 0 && summaries.has(table.columns[EVENT_TYPE]![row]!)) return 0;
    const code = table.columns[ERROR_CODE]![row]!;
    const said = table.flags[row]! & SAID;
    if (said !== 0) return this.#judge(code, said & FLAG.SAID_REFUSED ? 'refused' : 'failed');
    return this.#byCode[code]! || (this.#byCode[code] = this.#judge(code, 'nothing'));
  }

  value(code: number): string {
    return OUTCOMES[code - 1] ?? '';
  }

  #judge(code: number, said: Said): number {
    // A list or an object of codes is no success, whatever it holds.
    const error = String(valueOf(this.table, ERROR_CODE, code) ?? '');
    return OUTCOMES.indexOf(outcomeOf(error, code === OPEN ? 'failed' : said)) + 1;
  }
}

/** The country of the source address. */
export class CountryField implements DerivedField {
  readonly name = 'country';
  readonly path = `${GEO_FIELD}.country_name`;
  readonly #names = [''];
  readonly #numbers = new Map([['', 0]]);
  /** Number + 1 by code of the address; 0 = not looked up yet. */
  readonly #byAddress: Uint16Array;

  constructor(private readonly table: EventTable) {
    this.#byAddress = new Uint16Array(table.values[SOURCE_IP]!.length + FIRST_VALUE);
  }

  get size(): number {
    return this.#names.length;
  }

  codeOf(row: number): number {
    const address = this.table.columns[SOURCE_IP]![row]!;
    return (this.#byAddress[address] ||= this.#lookUp(address) + 1) - 1;
  }

  value(code: number): string {
    return this.#names[code] ?? '';
  }

  #lookUp(code: number): number {
    const address = valueOf(this.table, SOURCE_IP, code);
    const place = typeof address === 'string' ? this.table.placeOf?.(address) : null;
    const country = place?.country_name ?? '';
    let number = this.#numbers.get(country);
    if (number === undefined) {
      number = this.#names.push(country) - 1;
      this.#numbers.set(country, number);
    }
    return number;
  }
}
