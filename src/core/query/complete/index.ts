/** What may come next in a query. */
import { FIELDS, fieldAt } from '../../record/schema.ts';
import { eventNames } from '../api/catalogue.ts';
import { quote } from '../syntax/escape.ts';
import { tokenize } from '../text/analyzer.ts';
import { cursorIn, type Cursor } from './cursor.ts';

export interface Completion {
  readonly kind: 'field' | 'operator' | 'value' | 'event name';
  /** What is offered. */
  readonly label: string;
  /** What it is, in a few words. */
  readonly detail: string;
  /** What it replaces, as code-unit offsets in the query, and what with. */
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** What is known of the data. */
export interface CompletionContext {
  /** Paths, without `.keyword`, that occur in the data. */
  readonly fields?: ReadonlySet<string>;
  /** Event names that occur in the data. */
  readonly eventNames?: ReadonlySet<string>;
  /** Values that occur at a path, the most frequent first. */
  valuesOf?(path: string): readonly string[];
}

/** Most completions that are offered at once. */
const MAX_COMPLETIONS = 30;

interface Candidate {
  readonly kind: Completion['kind'];
  readonly label: string;
  readonly detail: string;
  readonly insert: string;
}

/**
 * Completions at the code unit `cursor` of a query, best first. What is in the data comes before what CloudTrail might
 * have, and what starts with the text at the cursor before what contains it.
 */
export function completeQuery(text: string, cursor: number, context: CompletionContext = {}): Completion[] {
  const at = cursorIn(text, Math.max(0, Math.min(cursor, text.length)));
  const { from, to, partial } = at;
  return best(candidates(at, context), partial).map((candidate) => ({ ...candidate, from, to }));
}

function candidates(at: Cursor, context: CompletionContext): Iterable<Candidate> {
  switch (at.expects) {
    case 'condition':
      return [...fieldCandidates(context), ...OPERATORS.filter(({ label }) => label === 'NOT')];
    case 'operator':
      return OPERATORS;
    case 'value':
      return valueCandidates(at.field ?? '', context);
    case 'nothing':
      return [];
  }
}

const OPERATORS: readonly Candidate[] = [
  { kind: 'operator', label: 'AND', detail: 'both must match', insert: 'AND ' },
  { kind: 'operator', label: 'OR', detail: 'either may match; put parentheses around mixes', insert: 'OR ' },
  { kind: 'operator', label: 'AND NOT', detail: 'must not match', insert: 'AND NOT ' },
  { kind: 'operator', label: 'NOT', detail: 'must not match', insert: 'NOT ' },
];

/** Fields, those of the data first; a string has its words under its name and its exact value under `.keyword`. */
function* fieldCandidates({ fields }: CompletionContext): Generator<Candidate> {
  const make = (label: string, detail: string): Candidate => ({
    kind: 'field',
    label,
    detail,
    insert: `${label}:`,
  });
  for (const path of paths(fields)) {
    const field = fieldAt(path);
    const about = field?.about ?? 'in this data';
    if (field === undefined || field.type === 'string') yield make(`${path}.keyword`, `exact: ${about}`);
    yield make(path, about);
  }
  yield make('_exists_', 'the record has this field');
}

function paths(fields: ReadonlySet<string> | undefined): Set<string> {
  const known = FIELDS.filter(({ type }) => type !== 'open').map(({ path }) => path);
  const seen = fields === undefined ? [] : [...fields].sort();
  // The fields of every record first, in the order of the guide; then what this data has besides.
  return new Set([...known.filter((path) => fields?.has(path) === true), ...seen, ...known]);
}

function* valueCandidates(field: string, context: CompletionContext): Generator<Candidate> {
  if (field === '_exists_') {
    for (const path of paths(context.fields)) {
      yield { kind: 'field', label: path, detail: fieldAt(path)?.about ?? 'in this data', insert: path };
    }
    return;
  }
  const exact = field.endsWith('.keyword');
  const path = exact ? field.slice(0, -'.keyword'.length) : field;
  const kind = path === 'eventName' ? 'event name' : 'value';
  const make = (label: string, detail: string): Candidate => ({
    kind,
    label,
    detail,
    insert: written(label, exact),
  });
  const inData = new Set([
    ...(context.valuesOf?.(path) ?? []),
    ...(path === 'eventName' ? (context.eventNames ?? []) : []),
  ]);
  for (const value of inData) yield make(value, 'in this data');
  for (const value of fieldAt(path)?.values ?? []) if (!inData.has(value)) yield make(value, 'usual value');
  if (path === 'eventName') {
    for (const [name, services] of eventNames())
      if (!inData.has(name)) yield make(name, services.slice(0, 3).join(', '));
  }
  if (path === 'eventSource') {
    const services = new Set([...eventNames().values()].flat());
    for (const service of [...services].sort()) {
      const source = `${service}.amazonaws.com`;
      if (!inData.has(source)) yield make(source, 'service');
    }
  }
}

/** A value as it has to be written: quoted unless it is one plain word. */
function written(value: string, exact: boolean): string {
  const isPlain = /^[\w.-]+$/.test(value) && !/^(?:AND|OR|NOT|-.*)$/.test(value);
  return isPlain && (exact || tokenize(value).length === 1) ? value : quote(value);
}

/** The candidates that have `partial` in them: at the start of the label, of a step of the path, or anywhere. */
function best(all: Iterable<Candidate>, partial: string): Candidate[] {
  const wanted = partial.toLowerCase();
  const ranks: Candidate[][] = [[], [], []];
  for (const candidate of all) {
    const label = candidate.label.toLowerCase();
    const rank = label.startsWith(wanted)
      ? 0
      : label.includes(`.${wanted}`)
        ? 1
        : label.includes(wanted)
          ? 2
          : -1;
    if (rank >= 0 && ranks[rank]!.length < MAX_COMPLETIONS) ranks[rank]!.push(candidate);
    if (rank === 0 && ranks[0]!.length === MAX_COMPLETIONS) break;
  }
  return ranks.flat().slice(0, MAX_COMPLETIONS);
}
