/**
 * Three-valued evaluation of a query over columns: for a row the answer is YES, NO, DROPPED, or UNKNOWN when
 * only the record itself can tell.
 *
 * A clause on a dictionary column is decided once per distinct value. The answer never differs from that of
 * the record evaluator (`CompiledQuery.matches`) unless it is UNKNOWN: test/core/table/match.test.ts.
 */
import {
  NO,
  UNKNOWN,
  YES,
  combine,
  evaluate,
  needlesOf,
  type BoolPlan,
  type ExistsPlan,
  type LeafPlan,
  type Outcome,
  type Plan,
} from '../query/index.ts';
import type { GeoPlace } from '../geo/index.ts';
import { ABSENT, COLUMN_PATHS, FIRST_VALUE, OPEN, columnIndex, type Value } from '../record/columns.ts';
import { FLAG } from './block.ts';
import {
  GEO_FIELD,
  SOURCE_IP,
  eventIdOf,
  eventTimeOf,
  valueOf,
  type PartName,
  type Rows,
  type Vocabulary,
} from './rows.ts';

/** Decides (a part of) a query for one row. */
export interface Decider {
  decide(rows: Rows, row: number): Outcome;
}

/**
 * A field that is not in the record but known of a row: the severity and alert of its findings, its principal.
 * Rows share few codes; a clause is decided once per code.
 */
export interface VirtualField {
  readonly path: string;
  codeOf(row: number): number;
  valuesOf(code: number): readonly Value[];
}

/** Whether a path is of what is no part of a record: fields that are known of its row, and where its address is. */
export function isBeside(path: string, virtual: readonly VirtualField[]): boolean {
  return topLevel(path) === GEO_FIELD || virtual.some((field) => field.path === path);
}

/** No condition. */
const NONE: ReadonlySet<Plan> = new Set();

/**
 * @param absent conditions that are known not to be true of anything that only the record could tell
 * @returns a decider for `plan` over rows whose codes `vocabulary` explains
 */
export function compileDecider(
  plan: Plan,
  vocabulary: Vocabulary,
  virtual: readonly VirtualField[] = [],
  absent: ReadonlySet<Plan> = NONE,
): Decider {
  if (absent.has(plan)) return new AbsentDecider(compileDecider(plan, vocabulary, virtual));
  switch (plan.kind) {
    case 'all':
      return new Constant(YES);
    case 'none':
      return new Constant(NO);
    case 'bool':
      return new BoolDecider(plan, vocabulary, virtual, absent);
    case 'leaf':
      return compileLeaf(plan, vocabulary, virtual);
    case 'exists':
      return compileExists(plan, vocabulary, virtual);
  }
}

class Constant implements Decider {
  constructor(readonly outcome: Outcome) {}
  decide(): Outcome {
    return this.outcome;
  }
}

class BoolDecider implements Decider {
  readonly #children = new Map<Plan, Decider>();
  #rows: Rows | null = null;
  #row = 0;
  readonly #ask = (child: Plan): Outcome => this.#children.get(child)!.decide(this.#rows!, this.#row);

  constructor(
    readonly plan: BoolPlan,
    vocabulary: Vocabulary,
    virtual: readonly VirtualField[],
    absent: ReadonlySet<Plan>,
  ) {
    for (const child of [...plan.must, ...plan.should, ...plan.mustNot]) {
      this.#children.set(child, compileDecider(child, vocabulary, virtual, absent));
    }
  }

  decide(rows: Rows, row: number): Outcome {
    this.#rows = rows;
    this.#row = row;
    return combine(this.plan, this.#ask);
  }
}

/** What only the record could tell is not the case. */
class AbsentDecider implements Decider {
  constructor(private readonly inner: Decider) {}

  decide(rows: Rows, row: number): Outcome {
    const outcome = this.inner.decide(rows, row);
    return outcome === UNKNOWN ? NO : outcome;
  }
}

/** Answers by code, each worked out once. */
class Verdicts {
  /** Answer + 1 by code; 0 = not decided yet. */
  #verdicts = new Uint8Array(64);

  constructor(private readonly verdictOf: (code: number) => Outcome) {}

  verdict(code: number): Outcome {
    if (code >= this.#verdicts.length) {
      const larger = new Uint8Array(Math.max(code + 1, this.#verdicts.length * 2));
      larger.set(this.#verdicts);
      this.#verdicts = larger;
    }
    const known = this.#verdicts[code]!;
    if (known !== 0) return (known - 1) as Outcome;
    const outcome = this.verdictOf(code);
    this.#verdicts[code] = outcome + 1;
    return outcome;
  }
}

/** A decider whose answer depends on one dictionary column alone. */
export class CodeDecider extends Verdicts implements Decider {
  constructor(
    readonly column: number,
    verdictOf: (code: number) => Outcome,
  ) {
    super(verdictOf);
  }

  decide(rows: Rows, row: number): Outcome {
    return this.verdict(rows.columns[this.column]![row]!);
  }
}

/** A decider that looks at single rows: times, IDs, virtual fields. */
class RowDecider implements Decider {
  constructor(private readonly of: (rows: Rows, row: number) => Outcome) {}
  decide(rows: Rows, row: number): Outcome {
    return this.of(rows, row);
  }
}

/** The first step of a path. */
function topLevel(path: string): string {
  const dot = path.indexOf('.');
  return dot < 0 ? path : path.slice(0, dot);
}

function compileLeaf(plan: LeafPlan, vocabulary: Vocabulary, virtual: readonly VirtualField[]): Decider {
  const { path } = plan;
  if (path === null) return new SearchDecider(plan, vocabulary, virtual);
  const extra = virtual.find((field) => field.path === path);
  if (extra) return virtualDecider(extra, (values) => plan.test(values));
  const column = columnIndex(path);
  if (column >= 0) return columnDecider(plan, column, vocabulary);
  if (path === 'eventTime') {
    return new RowDecider((rows, row) => {
      const text = eventTimeOf(rows, row);
      if (text === null) return UNKNOWN;
      return plan.test(text === '' ? [] : [text]);
    });
  }
  if (path === 'eventID') {
    return new RowDecider((rows, row) => {
      if ((rows.flags[row]! & FLAG.ID_UUID) === 0) return UNKNOWN;
      return plan.test([eventIdOf(rows, row)]);
    });
  }
  if (topLevel(path) === GEO_FIELD) {
    return geoDecider(vocabulary, (place) => plan.test(place === null ? [] : geoValues(place, path)));
  }
  return new OutsideDecider({ ...plan, path }, vocabulary);
}

/** @returns the decider for a condition on the path that `column` holds */
export function columnDecider(
  plan: LeafPlan | ExistsPlan,
  column: number,
  vocabulary: Vocabulary,
): CodeDecider {
  return new CodeDecider(column, (code) => {
    if (code === OPEN) return UNKNOWN;
    if (plan.kind === 'exists') return code === ABSENT ? NO : YES;
    return plan.test(code === ABSENT ? [] : [valueOf(vocabulary, column, code)!]);
  });
}

/** Of a parsed record TIME_ABSENT says only that no value stands exactly at `eventTime`. */
const TIME_MISSING = FLAG.TIME_ABSENT | FLAG.PARSED;

function compileExists(plan: ExistsPlan, vocabulary: Vocabulary, virtual: readonly VirtualField[]): Decider {
  const { path } = plan;
  const extra = virtual.find((field) => field.path === path);
  if (extra) return virtualDecider(extra, (values) => (values.length > 0 ? YES : NO));
  const column = columnIndex(path);
  if (column >= 0) return columnDecider(plan, column, vocabulary);
  if (path === 'eventTime') {
    return new RowDecider(({ flags }, row) =>
      flags[row]! & FLAG.TIME_CANONICAL
        ? YES
        : (flags[row]! & TIME_MISSING) === FLAG.TIME_ABSENT
          ? NO
          : UNKNOWN,
    );
  }
  if (path === 'eventID')
    return new RowDecider(({ flags }, row) => (flags[row]! & FLAG.ID_UUID ? YES : UNKNOWN));
  if (topLevel(path) === GEO_FIELD) {
    const inside = path.slice(GEO_FIELD.length + 1);
    return geoDecider(vocabulary, (place) => {
      if (place === null) return NO;
      return inside === '' || geoValues(place, path).length > 0 ? YES : NO;
    });
  }
  const below = COLUMN_PATHS.flatMap((p, i) => (p.startsWith(`${path}.`) ? [i] : []));
  const outside = new OutsideDecider(plan, vocabulary);
  if (below.length === 0) return outside;
  return new RowDecider((rows, row) => {
    for (const c of below) if (rows.columns[c]![row]! > OPEN) return YES;
    return outside.decide(rows, row);
  });
}

function virtualDecider(field: VirtualField, outcomeOf: (values: readonly Value[]) => Outcome): Decider {
  const verdicts = new Verdicts((code) => outcomeOf(field.valuesOf(code)));
  return new RowDecider((_, row) => verdicts.verdict(field.codeOf(row)));
}

/** Geo facts depend on the address alone, unless the record brought its own. */
class GeoDecider extends CodeDecider {
  override decide(rows: Rows, row: number): Outcome {
    return rows.flags[row]! & FLAG.OWN_GEO ? UNKNOWN : super.decide(rows, row);
  }
}

function geoDecider(vocabulary: Vocabulary, outcomeOf: (place: GeoPlace | null) => Outcome): GeoDecider {
  return new GeoDecider(SOURCE_IP, (code) => {
    if (code === OPEN) return UNKNOWN;
    const address = valueOf(vocabulary, SOURCE_IP, code);
    const place = typeof address === 'string' ? (vocabulary.placeOf?.(address) ?? null) : null;
    return outcomeOf(place);
  });
}

function geoValues(place: GeoPlace, path: string): Value[] {
  const value = (place as Readonly<Record<string, Value | undefined>>)[path.slice(GEO_FIELD.length + 1)];
  return value === undefined ? [] : [value];
}

/**
 * A path that no column holds. Where the record cannot have the path, the answer is that for a missing field and no record
 * need be read; where the part of the record with the path is at hand, that part tells.
 */
class OutsideDecider implements Decider {
  readonly #top: string;
  readonly #part: PartName | null;
  readonly #needs: number;
  /** One of these stands in the text of a part that the condition is true of; empty when nothing can be said. */
  readonly #pieces: readonly string[];
  #whenMissing: Outcome | null = null;

  constructor(
    private readonly plan: (LeafPlan | ExistsPlan) & { path: string },
    private readonly vocabulary: Vocabulary,
  ) {
    this.#top = topLevel(plan.path);
    this.#part = isPart(this.#top) ? this.#top : null;
    const needles = plan.path === this.#top ? null : needlesOf(plan);
    this.#pieces = needles === null || needles.numbers ? [] : needles.pieces;
    this.#needs =
      this.#part === null ? 0 : this.#part === 'requestParameters' ? FLAG.HAS_REQUEST : FLAG.HAS_RESPONSE;
  }

  decide(rows: Rows, row: number): Outcome {
    if (this.#part === null) return this.vocabulary.topLevelKeys.has(this.#top) ? UNKNOWN : this.#ifMissing();
    if ((rows.flags[row]! & this.#needs) === 0) return this.#ifMissing();
    if (this.#pieces.length > 0 && rows.lacks?.(row, this.#part, this.#pieces) === true) return NO;
    const part = rows.partOf?.(row, this.#part) ?? null;
    return part === null ? UNKNOWN : evaluate(this.plan, part);
  }

  #ifMissing(): Outcome {
    return (this.#whenMissing ??= this.plan.kind === 'exists' ? NO : this.plan.test([]));
  }
}

function isPart(name: string): name is PartName {
  return name === 'requestParameters' || name === 'responseElements';
}

/**
 * A clause over several fields (`*:x`, a bare word, a wildcard field name): YES as soon as one column, or something that is
 * known of the row besides, says so; otherwise the record may still hold it elsewhere.
 */
class SearchDecider implements Decider {
  readonly #all: readonly Decider[];
  /** Those of them that may say YES of the first `rows` rows of a table. */
  #telling: { of: Rows; rows: number; deciders: readonly Decider[] } | null = null;
  #decided = 0;
  #lookAgain = FIRST_LOOK;

  constructor(
    plan: LeafPlan,
    private readonly vocabulary: Vocabulary,
    virtual: readonly VirtualField[],
  ) {
    const fields = virtual.filter(({ path }) => plan.matchesPath(path));
    const columns = COLUMN_PATHS.flatMap((path, i) => (plan.matchesPath(path) ? [i] : []));
    this.#all = [
      ...columns.map(
        (column) =>
          new CodeDecider(column, (code) => {
            if (code === ABSENT) return NO;
            if (code === OPEN) return UNKNOWN;
            return plan.test([valueOf(vocabulary, column, code)!]) === YES ? YES : NO;
          }),
      ),
      ...fields.map((field) => virtualDecider(field, (values) => plan.test(values))),
      geoDecider(vocabulary, (place) => anyGeoValue(place, plan)),
    ];
  }

  decide(rows: Rows, row: number): Outcome {
    if (++this.#decided >= this.#lookAgain) this.#leaveOutSilent(rows);
    const telling = this.#telling;
    const deciders = telling?.of === rows && row < telling.rows ? telling.deciders : this.#all;
    for (const decider of deciders) if (decider.decide(rows, row) === YES) return YES;
    return UNKNOWN;
  }

  /**
   * Of a column with fewer values than rows were decided, all are decided: mostly none of them is what is looked for, and the
   * column need not be looked at again. Only a table is its own vocabulary, and its rows stay what they are.
   */
  #leaveOutSilent(rows: Rows): void {
    this.#lookAgain = this.#decided * 4;
    if (!Object.is(rows, this.vocabulary)) return;
    const { values } = this.vocabulary;
    const few = (column: number): boolean => values[column]!.length <= this.#decided;
    const deciders = this.#all.filter(
      (decider) =>
        !(decider instanceof CodeDecider) ||
        !few(decider.column) ||
        values[decider.column]!.some((_, i) => decider.verdict(i + FIRST_VALUE) === YES),
    );
    this.#telling = { of: rows, rows: rows.rows, deciders };
  }
}

/** Rows that are decided before it is worth looking at all the values of columns. */
const FIRST_LOOK = 1024;

function anyGeoValue(place: GeoPlace | null, plan: LeafPlan): Outcome {
  for (const [name, value] of Object.entries(place ?? {})) {
    if (plan.matchesPath(`${GEO_FIELD}.${name}`) && plan.test([value as Value]) === YES) return YES;
  }
  return NO;
}
