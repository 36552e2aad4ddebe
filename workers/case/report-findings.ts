/** The findings of a report: by alert, with who and from where, and some of them in full with their evidence. */
import type { AlertFindings, EventFacts, Example, Top } from '../../src/core/export/report/model.ts';
import type { Outcome } from '../../src/core/record/outcome.ts';
import type { Field, TableFields } from '../../src/core/table/fields.ts';
import { MARKS } from '../../src/core/table/mark.ts';
import { sortItems } from '../../src/core/table/order.ts';
import { eventIdOf } from '../../src/core/table/rows.ts';
import { bySource, explainFindings, type Evidence } from './evidence.ts';
import type { ExportRun } from './exports.ts';
import type { OpenCase } from './open-case.ts';
import { rowOf } from './rows.ts';

/** Findings in full over all alerts, at most: the document stays one that can be opened and printed. */
const MOST_EXAMPLES = 1000;
/** Principals and addresses named of one alert. */
const MOST_TOP = 5;

/**
 * @param most findings in full of one alert, at most; fewer when there are very many alerts, but never none
 * @returns the alerts that fired, most severe first; null when it was given up
 */
export async function alertFindings(
  opened: OpenCase,
  { fields, places }: { fields: TableFields; places: Uint32Array },
  most: number,
  run: ExportRun,
): Promise<AlertFindings[] | null> {
  const { table, book, archive } = opened;
  const { active } = book;
  const all = Uint32Array.from({ length: table.findings }, (_, i) => i);
  const order = [
    { field: 'severity', descending: true },
    { field: 'alert', descending: false },
  ] as const;
  const items = sortItems(all, 'findings', order, fields, places);
  const groups = groupsOf(items, (item) => table.hitRule[item]!);
  const share = Math.max(1, Math.min(most, Math.floor(MOST_EXAMPLES / Math.max(1, groups.length))));
  const chosen = groups.map((group) => examplesOf(group, share, table.hitRow, fields));
  const hits = bySource(Uint32Array.from(chosen.flat()), table);
  const evidence = new Map<string, Evidence>();
  run.total = hits.row.length;
  await explainFindings(
    hits,
    active.map(({ compiled }) => compiled),
    table,
    archive,
    (place, found) => {
      evidence.set(`${hits.rule[place]!} ${hits.row[place]!}`, found);
      run.done++;
    },
    () => run.goOn(),
  );
  if (run.done < run.total || !(await run.goOn())) return null;
  return groups.map((group, i) => {
    const index = table.hitRule[group[0]!]!;
    const { rule, query } = active[index]!;
    return {
      id: rule.id,
      name: rule.name,
      severity: rule.severity,
      version: rule.version,
      description: oneLine(rule.description),
      falsePositives: rule.falsePositives.map(oneLine),
      query: oneLine(query),
      ...factsOf(group, fields),
      examples: chosen[i]!.map((item) =>
        exampleOf(
          opened,
          fields,
          table.hitRow[item]!,
          index,
          evidence.get(`${index} ${table.hitRow[item]!}`)!,
        ),
      ),
    };
  });
}

/** Cuts a list into runs of equal keys. */
function groupsOf(items: Uint32Array, keyOf: (item: number) => number): Uint32Array[] {
  const groups: Uint32Array[] = [];
  for (let from = 0; from < items.length;) {
    let to = from;
    while (to < items.length && keyOf(items[to]!) === keyOf(items[from]!)) to++;
    groups.push(items.subarray(from, to));
    from = to;
  }
  return groups;
}

/**
 * The findings shown in full: the gravest marked ones, the first of each principal and address, then the earliest
 * others; in order of time.
 */
function examplesOf(group: Uint32Array, most: number, hitRow: Uint32Array, fields: TableFields): number[] {
  const principal = fields.field('principal');
  const number = numberByValue(principal);
  const address = fields.field('sourceIp');
  const status = fields.marks.status('findings');
  const chosen = new Set<number>();
  for (const grave of [MARKS.indexOf('malicious'), MARKS.indexOf('suspicious')]) {
    for (let i = 0; i < group.length && chosen.size < most; i++)
      if (status[group[i]!] === grave) chosen.add(i);
  }
  const met = new Set<number>();
  for (let i = 0; i < group.length && chosen.size < most; i++) {
    const row = hitRow[group[i]!]!;
    const key = number[principal.codes[row]!]! * address.size + address.codes[row]!;
    if (met.has(key)) continue;
    met.add(key);
    chosen.add(i);
  }
  for (let i = 0; i < group.length && chosen.size < most; i++) chosen.add(i);
  return [...chosen].sort((a, b) => a - b).map((i) => group[i]!);
}

type Facts = Pick<AlertFindings, 'count' | 'from' | 'to' | 'outcomes' | 'marks' | 'principals' | 'addresses'>;

/** Counts over the findings of one alert. */
function factsOf(group: Uint32Array, fields: TableFields): Facts {
  const { table } = fields;
  const outcome = fields.field('outcome');
  const outcomes = { success: 0, denied: 0, error: 0 };
  const status = fields.marks.status('findings');
  const byMark = MARKS.map(() => 0);
  let from = NaN;
  let to = NaN;
  for (const item of group) {
    const row = table.hitRow[item]!;
    const time = table.time[row]!;
    if (time < from || from !== from) from = time;
    if (time > to || to !== to) to = time;
    const came = outcome.value(outcome.codes[row]!) as Outcome | '';
    if (came !== '') outcomes[came]++;
    byMark[status[item] ?? 0]!++;
  }
  const country = fields.field('country');
  return {
    count: group.length,
    from,
    to,
    outcomes,
    marks: {
      malicious: byMark[MARKS.indexOf('malicious')]!,
      suspicious: byMark[MARKS.indexOf('suspicious')]!,
      benign: byMark[MARKS.indexOf('benign')]!,
    },
    principals: topOf(group, fields.field('principal'), table.hitRow),
    addresses: topOf(group, fields.field('sourceIp'), table.hitRow, (row) =>
      country.value(country.codes[row]!),
    ),
  };
}

/** @returns for each code the first one that stands for the same text: identities may share a name */
function numberByValue({ size, value }: Field): Uint32Array {
  const first = new Map<string, number>();
  return Uint32Array.from({ length: size }, (_, code) => {
    const text = value(code);
    const known = first.get(text);
    if (known === undefined) first.set(text, code);
    return known ?? code;
  });
}

/** @param noteOf what to say beside a value, by one of the rows that have it */
function topOf(
  group: Uint32Array,
  field: Field,
  hitRow: Uint32Array,
  noteOf: (row: number) => string = () => '',
): Top {
  const number = numberByValue(field);
  const counts = new Map<number, { count: number; row: number }>();
  for (const item of group) {
    const row = hitRow[item]!;
    const code = number[field.codes[row]!]!;
    const known = counts.get(code);
    if (known) known.count++;
    else counts.set(code, { count: 1, row });
  }
  const sorted = [...counts].sort(([, a], [, b]) => b.count - a.count);
  return {
    values: sorted.slice(0, MOST_TOP).map(([code, { count, row }]) => ({
      value: field.value(code),
      note: noteOf(row),
      count,
    })),
    more: Math.max(0, sorted.length - MOST_TOP),
  };
}

function exampleOf(
  opened: OpenCase,
  fields: TableFields,
  row: number,
  rule: number,
  evidence: Evidence,
): Example {
  const event = eventFacts(opened, fields, row, rule);
  if (!evidence.ok) return { event, matched: [], absent: [], unread: evidence.reason };
  const { clauses } = evidence.explanation;
  return {
    event,
    matched: clauses
      .filter(({ occur, outcome }) => occur !== 'must not' && outcome === 'matched')
      .map(({ text, evidence: places }) => ({
        condition: oneLine(text),
        evidence: places.map(({ path, value }) => ({ path, value: String(value) })),
      })),
    absent: clauses
      .filter(
        ({ occur, outcome }) =>
          occur === 'must not' && (outcome === 'not matched' || outcome === 'field missing'),
      )
      .map(({ text }) => oneLine(text)),
    unread: '',
  };
}

/**
 * An event as a report shows it.
 *
 * @param rule the alert whose finding it is, by number; null for the event by itself
 */
export function eventFacts(
  { table, sources }: OpenCase,
  fields: TableFields,
  event: number,
  rule: number | null,
): EventFacts {
  const row = rowOf(fields, event, rule);
  const source = sources.all[table.source[event]!]!;
  return {
    time: row.time,
    timeText: row.timeText,
    principal: row.principal,
    principalType: row.principalType,
    action: row.eventName || row.summary,
    service: row.eventSource,
    account: row.account,
    region: row.region,
    address: row.sourceIp,
    country: row.country,
    userAgent: row.userAgent,
    accessKey: row.accessKeyId,
    outcome: row.outcome,
    errorCode: row.errorCode,
    eventId: eventIdOf(table, event),
    file: source.path,
    sha256: source.sha256,
    recordIndex: table.ordinal[event]!,
    mark: row.mark === 'open' ? '' : row.mark,
    note: oneLine(row.note),
  };
}

/** Words that their author broke into lines, without the breaks. */
function oneLine(words: string): string {
  return words.trim().replace(/\s+/g, ' ');
}
