/** Gathers what a report says of a case, and has it written. */
import { compose } from '../../src/core/export/report/compose.ts';
import { writeHtml } from '../../src/core/export/report/html.ts';
import { writeMarkdown } from '../../src/core/export/report/markdown.ts';
import type {
  AlertState,
  Colophon,
  FileFacts,
  FileList,
  Report,
  Scope,
  Story,
} from '../../src/core/export/report/model.ts';
import { SEVERITIES } from '../../src/core/rules/index.ts';
import { histogram } from '../../src/core/table/histogram.ts';
import { sortItems } from '../../src/core/table/order.ts';
import { zoneOffset, type Zone } from '../../src/core/text/format.ts';
import type { ExportJob, GeoInfo, Source } from '../contract.ts';
import type { ExportRun, Made } from './exports.ts';
import type { OpenCase } from './open-case.ts';
import { ruleStatuses } from './outcomes.ts';
import { alertFindings, eventFacts } from './report-findings.ts';
import type { Views } from './views.ts';

type ReportJob = Extract<ExportJob, { kind: 'report' }>;

/** Bars of the chart at most. */
const BARS = 180;
/** Files that are listed, and of those that had trouble: more make no document. */
const MOST_FILES = 2000;
const MOST_TROUBLED = 300;
/** Entries of the timeline. */
const MOST_STORY = 500;

/**
 * @param name of the file, without its extension
 * @param geo the database of countries in use
 * @returns the report; null when it was given up
 */
export async function exportReport(
  opened: OpenCase,
  views: Views,
  { format, options }: ReportJob,
  name: string,
  geo: GeoInfo,
  run: ExportRun,
): Promise<Made | null> {
  const state = views.state();
  const made = Date.now();
  const scope = scopeOf(opened, views, options.zone);
  const alerts = alertStates(opened);
  const findings = options.findings ? await alertFindings(opened, state, options.examples, run) : [];
  if (findings === null) return null;
  const report: Report = {
    zone: options.zone,
    title: options.title,
    author: options.author,
    caseName: opened.row.name,
    made,
    scope,
    findings: options.findings ? findings : null,
    story: options.timeline ? storyOf(opened, views) : null,
    files: options.files ? fileList(opened) : null,
    alerts,
    colophon: colophonOf(opened, geo),
  };
  const document = compose(report);
  const [text, type, extension] =
    format === 'html'
      ? [writeHtml(document), 'text/html', 'html']
      : [writeMarkdown(document), 'text/markdown', 'md'];
  const blob = new Blob([text], { type: `${type};charset=utf-8` });
  return { blob, rows: findings.length, name: `${name}-report.${extension}` };
}

function scopeOf(opened: OpenCase, views: Views, zone: Zone): Scope {
  const { table, sources, rules } = opened;
  const { fields } = views.state();
  const header = opened.header(0);
  const bySeverity = SEVERITIES.map(() => 0);
  const ranks = rules.map(({ severity }) => SEVERITIES.indexOf(severity));
  for (let i = 0; i < table.findings; i++) bySeverity[ranks[table.hitRule[i]!]!]!++;
  const all = Uint32Array.from({ length: table.findings }, (_, i) => i);
  return {
    from: header.from,
    to: header.to,
    undated: header.undated,
    accounts: header.accounts,
    regions: header.regions,
    events: header.events,
    duplicates: header.duplicates,
    refusedRecords: header.refusedRecords,
    conflicting: header.conflicting,
    findings: header.findings,
    bySeverity,
    files: sources.list(0, 0, 'all').counts,
    troubled: (['refused', 'partial', 'interrupted'] as const)
      .flatMap((state) => sources.list(0, MOST_TROUBLED, state).sources)
      .slice(0, MOST_TROUBLED)
      .map(fileFacts),
    memoryReason: header.storage.kind === 'memory' ? header.storage.reason : '',
    chart: {
      ...histogram(fields, 'findings', all, BARS, { from: null, to: null }, zoneOffset(header.from, zone)),
      zone,
    },
  };
}

/** The timeline, from its beginning. */
function storyOf(opened: OpenCase, views: Views): Story {
  const { fields, places } = views.state();
  const { marks, rules, table } = fields;
  const rows = sortItems(marks.timelineRows(), 'events', [], fields, places);
  const entries = Array.from(rows.subarray(0, MOST_STORY), (row) => ({
    event: eventFacts(opened, fields, row, null),
    alerts: marks
      .findingsOf(row)
      .map((finding) => rules[table.hitRule[finding]!]!)
      .map(({ name, severity }) => ({ name, severity }))
      .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)),
  }));
  return { entries, more: rows.length - entries.length };
}

function fileList({ sources }: OpenCase): FileList {
  const { sources: files, total } = sources.list(0, MOST_FILES, 'all');
  return { files: files.map(fileFacts), more: total - files.length };
}

function fileFacts(source: Source): FileFacts {
  const { path, sha256, state, format, bytes, kept, duplicates, refusedRecords, from, to, reason, notes } =
    source;
  return {
    path,
    sha256,
    state,
    format,
    bytes,
    events: kept,
    duplicates,
    refusedRecords,
    from,
    to,
    reason,
    notes,
  };
}

/** Every alert, most severe first, then by name. */
function alertStates(opened: OpenCase): AlertState[] {
  return ruleStatuses(opened)
    .map(({ rule: { id, name, severity, version }, outcome }): AlertState => ({
      id,
      name,
      severity,
      version,
      outcome: outcome.kind,
      count: outcome.kind === 'hits' ? outcome.count : 0,
      reason:
        outcome.kind === 'unevaluable'
          ? outcome.message
          : outcome.kind === 'error'
            ? outcome.problem.message
            : '',
    }))
    .sort(
      (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (a.name < b.name ? -1 : 1),
    );
}

function colophonOf({ book }: OpenCase, { name, date, attribution }: GeoInfo): Colophon {
  return {
    version: TRAILSIFT_VERSION,
    geo: { name, date, attribution },
    published: book.settings.profile === 'published',
    parameters: book
      .parameters()
      .filter(({ values, default: shipped }) => values.join('\0') !== shipped.join('\0'))
      .map(({ label, values }) => ({ name: label, values })),
  };
}
