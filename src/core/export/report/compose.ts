/** A report in words: what was looked at first, then what was found, then what it was found with. */
import { SEVERITIES } from '../../rules/index.ts';
import { count, instant, offsetWords, plural, span, zoneLabel, type Zone } from '../../text/format.ts';
import { alertBlocks, unevaluatedBlocks } from './alerts.ts';
import { code, faint, strong, text, type Block, type Document, type Line } from './blocks.ts';
import { fileBlocks, troubledBlocks } from './files.ts';
import { findingBlocks } from './findings.ts';
import type { Report, Scope } from './model.ts';
import { storyBlocks } from './story.ts';

/** Names listed of one kind at most. */
const MOST_NAMES = 60;

/** @returns the report as a document, to be written as HTML or Markdown */
export function compose(report: Report): Document {
  const { scope, made, author, caseName, colophon, zone } = report;
  const about: Line = [`Made ${second(made, zone)}`];
  if (author !== '') about.push(' by ', text(author));
  about.push(` with Trailsift ${colophon.version}. Case: `, text(caseName), '.');
  return {
    title: report.title || `CloudTrail findings: ${caseName}`,
    about: [about, [`${zoneSentence(report)} Alerts are as of their versions, which stand at the end.`]],
    blocks: [
      { kind: 'heading', level: 2, id: 'scope', line: ['What was looked at'] },
      { kind: 'paragraph', line: summary(report) },
      ...severityBlocks(scope),
      { kind: 'chart', name: 'Findings over time by severity', chart: scope.chart },
      { kind: 'facts', facts: scopeFacts(report) },
      ...troubledBlocks(scope),
      ...unevaluatedBlocks(report.alerts),
      ...(report.story === null ? [] : storyBlocks(report.story, zone)),
      ...(report.findings === null ? [] : findingBlocks(report.findings, zone)),
      ...(report.files === null ? [] : fileBlocks(report.files, zone)),
      ...alertBlocks(report.alerts, colophon),
      ...colophonBlocks(report),
    ],
  };
}

/** When, to the second. */
function second(ms: number, zone: Zone): string {
  return instant(Math.floor(ms / 1000) * 1000, zone);
}

/** In which zone times are: whoever reads must be able to tell UTC from each of them. */
function zoneSentence({ zone, scope, made }: Report): string {
  if (zone === 'utc') return 'All times are UTC.';
  const offset = offsetWords(Number.isFinite(scope.from) ? scope.from : made, zone);
  return `All times are of ${zoneLabel(zone)} (${offset}); each says its offset from UTC.`;
}

/** The whole in one sentence, with what was not checked beside what was. */
function summary({ scope, alerts }: Report): Line {
  const fired = alerts.filter(({ outcome }) => outcome === 'hits').length;
  const open = alerts.filter(({ outcome }) => outcome === 'unevaluable' || outcome === 'error').length;
  const off = alerts.filter(({ outcome }) => outcome === 'off').length;
  const found =
    scope.findings === 0
      ? `No findings in ${plural(scope.events, 'event')}`
      : `${plural(scope.findings, 'finding')} of ${plural(fired, 'alert')} in ${plural(scope.events, 'event')}`;
  const rest = [
    ...(open > 0 ? [`${plural(open, 'alert')} could not be evaluated`] : []),
    ...(off > 0 ? [`${plural(off, 'alert')} ${off === 1 ? 'was' : 'were'} switched off`] : []),
  ];
  return [strong(`${[found, ...rest].join('; ')}.`)];
}

function severityBlocks({ bySeverity, findings }: Scope): Block[] {
  if (findings === 0) return [];
  const line: Line = SEVERITIES.flatMap((severity, rank) => [
    ...(rank > 0 ? [' · '] : []),
    { kind: 'severity' as const, severity },
    ` ${count(bySeverity[rank]!)}`,
  ]);
  return [{ kind: 'paragraph', line }];
}

function scopeFacts({ scope, caseName, zone }: Report): [string, Line][] {
  const { files } = scope;
  const given = files.analysed + files.partial + files.refused + files.repeated + files.interrupted;
  const states = [
    ...(files.analysed > 0 || given === 0 ? [`${count(files.analysed)} analysed`] : []),
    ...(files.partial > 0 ? [`${count(files.partial)} analysed in part`] : []),
    ...(files.refused > 0 ? [`${count(files.refused)} refused`] : []),
    ...(files.repeated > 0 ? [`${count(files.repeated)} given again and not read twice`] : []),
    ...(files.interrupted > 0 ? [`${count(files.interrupted)} not read to the end`] : []),
  ];
  const read = scope.events + scope.duplicates;
  const facts: [string, Line][] = [
    ['Case', [text(caseName)]],
    ['Time covered', [span(scope.from, scope.to, zone) || 'no event has a usable time']],
    ['Files', [`${count(given)} = ${states.join(' + ')}`]],
    [
      'Records read',
      [
        `${count(read)} = ${plural(scope.events, 'event')} + ${plural(scope.duplicates, 'duplicate')}`,
        ...(scope.refusedRecords > 0
          ? [`; ${plural(scope.refusedRecords, 'further record')} could not be read`]
          : []),
      ],
    ],
    ['Accounts', names(scope.accounts)],
    ['Regions', names(scope.regions)],
  ];
  if (scope.undated > 0) facts.push(['Undated', [`${plural(scope.undated, 'event')} without a usable time`]]);
  if (scope.conflicting > 0) {
    facts.push([
      'Conflicting',
      [`${plural(scope.conflicting, 'event')} with an event ID that other content has, too: all were kept`],
    ]);
  }
  if (scope.memoryReason !== '') facts.push(['Storage', ['In memory only: ', text(scope.memoryReason)]]);
  return facts;
}

function names(all: readonly string[]): Line {
  if (all.length === 0) return ['none named'];
  const line: Line = [`${count(all.length)}: `];
  all.slice(0, MOST_NAMES).forEach((name, i) => line.push(...(i > 0 ? [', '] : []), code(name)));
  if (all.length > MOST_NAMES) line.push(` and ${count(all.length - MOST_NAMES)} more`);
  return line;
}

function colophonBlocks(report: Report): Block[] {
  const { made, author, colophon, zone } = report;
  const { geo, version } = colophon;
  return [
    { kind: 'heading', level: 2, id: 'colophon', line: ['How this report was made'] },
    {
      kind: 'facts',
      facts: [
        ['Made', [second(made, zone), ...(author === '' ? [] : [' by ', text(author)])]],
        ['With', [`Trailsift ${version}, on the machine of whoever made it: nothing was sent anywhere`]],
        ['Time zone', [`${zoneSentence(report)} They are those recorded in the events.`]],
        [
          'Countries',
          [
            text(geo.name),
            ' of ',
            text(geo.date),
            ...(geo.attribution === '' ? [] : ['. ', text(geo.attribution)]),
          ],
        ],
        [
          'Evidence',
          [
            'A finding names the file by its path as it was given and by the SHA-256 of its bytes as they were given, ',
            'the record by its number in the file, counted from 0, and the conditions of the query that it met. ',
            faint('Long values are cut here; the record has them whole.'),
          ],
        ],
      ],
    },
  ];
}
