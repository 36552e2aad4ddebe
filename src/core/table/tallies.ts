/**
 * The events of a list counted by one field after another, in as few passes over them as may be: fields that follow
 * from others are worked out of the counts of those, fields of few values are counted together.
 */
import type { EventList } from './event-list.ts';
import type { FieldName, TableFields } from './fields.ts';
import { codedField, type CodedField, type PartField } from './parts.ts';
import { CodeTally, type Tally } from './tally.ts';

type Name = PartField | FieldName;

/** Fields that the identity tells which each row has the number of in the column of principals. */
const OF_IDENTITY: ReadonlySet<string> = new Set(['principalType', 'arn', 'role', 'through']);

/** Combinations that may occur of the values of fields that are counted together, at most: the processor's cache. */
const MOST_TOGETHER = 1 << 15;

export interface Counts {
  field: CodedField;
  tally: CodeTally;
}

export class Tallies {
  readonly #made = new Map<string, Counts>();

  /** @param together fields that will be asked for, and may be counted together where they have few values */
  constructor(
    readonly fields: TableFields,
    readonly list: EventList,
    together: readonly Name[] = [],
  ) {
    const fieldsTogether = together.map((name) => codedField(fields, name));
    this.#countTogether(fieldsTogether.filter((field) => this.#source(field) === null));
  }

  /** @returns the events of the list by the codes of a field */
  by(name: Name): Counts {
    let made = this.#made.get(name);
    if (!made) this.#made.set(name, (made = this.#count(codedField(this.fields, name))));
    return made;
  }

  /** @returns all events of the list */
  all(): Tally {
    return this.by('readOnly').tally.fold(() => 0, 1).tally(0); // prettier-ignore
  }

  #count(field: CodedField): Counts {
    const { list } = this;
    const source = this.#source(field);
    if (source === null) return { field, tally: CodeTally.of(list, list.codesOf(field.codes), field.size) };
    return this.#follow(field, this.by(source).tally);
  }

  #follow(field: CodedField, source: CodeTally): Counts {
    const codeOf = (code: number): number => field.codes[this.list.rows[source.sample(code)]!]!;
    return { field, tally: source.fold(codeOf, field.size) };
  }

  /** The field that this one follows from. */
  #source({ name, codes }: CodedField): 'principal' | 'sourceIp' | null {
    if (OF_IDENTITY.has(name)) return 'principal';
    // Where no record brings a place of its own with it, the address tells the country.
    return name === 'country' && codes === this.fields.field('country').codes ? 'sourceIp' : null;
  }

  #countTogether(some: CodedField[]): void {
    const { list } = this;
    const open = some.sort((a, b) => a.size - b.size);
    while (open.length > 0) {
      const group = [open.shift()!];
      let size = group[0]!.size;
      while (open.length > 0 && size * open[0]!.size <= MOST_TOGETHER) {
        size *= open[0]!.size;
        group.push(open.shift()!);
      }
      if (group.length < 2) return;
      const together = list.codesOf(group[0]!.codes);
      for (const field of group.slice(1)) widen(together, list.codesOf(field.codes), field.size);
      const tally = CodeTally.of(list, together, size);
      for (const field of group) this.#made.set(field.name, this.#follow(field, tally));
    }
  }
}

/** Makes each code one of the pair with another, which is below `size`. */
function widen(codes: Uint32Array, others: Uint32Array, size: number): void {
  for (let i = 0; i < codes.length; i++) codes[i] = Math.imul(codes[i]!, size) + others[i]!;
}
