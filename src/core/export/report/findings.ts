/** Findings, by severity and alert, with evidence. */
import { SEVERITIES } from '../../rules/index.ts';
import { count, plural, span, type Zone } from '../../text/format.ts';
import { code, faint, strong, text, type Block, type Line } from './blocks.ts';
import { eventCells, eventHead, markLine, recordLine } from './event.ts';
import type { AlertFindings, Example, Top } from './model.ts';

/** Conditions listed of one finding, and values of one condition, at most. */
const MOST_CONDITIONS = 10;
const MOST_VALUES = 4;
/** Queries and descriptions are longer than values: this much of them is shown, in UTF-16 units. */
const MOST_WORDS = 3000;

/** @returns the chapter; alerts in the order given, which is by severity */
export function findingBlocks(alerts: readonly AlertFindings[], zone: Zone): Block[] {
  const blocks: Block[] = [{ kind: 'heading', level: 2, id: 'findings', line: ['Findings'] }];
  if (alerts.length === 0) {
    blocks.push({
      kind: 'paragraph',
      line: ['No alert fired. What could not be evaluated, or was off, is said above.'],
    });
  }
  for (const severity of SEVERITIES) {
    const some = alerts.filter((alert) => alert.severity === severity);
    if (some.length === 0) continue;
    const findings = some.reduce((sum, alert) => sum + alert.count, 0);
    blocks.push({
      kind: 'heading',
      level: 3,
      id: `severity-${severity}`,
      line: [
        { kind: 'severity', severity },
        faint(`: ${plural(findings, 'finding')} of ${plural(some.length, 'alert')}`),
      ],
    });
    for (const alert of some) blocks.push(...alertBlocks(alert, zone));
  }
  return blocks;
}

function alertBlocks(alert: AlertFindings, zone: Zone): Block[] {
  const more = alert.count - alert.examples.length;
  return [
    {
      kind: 'heading',
      level: 4,
      id: `alert-${alert.id}`,
      line: [text(alert.name)],
    },
    { kind: 'paragraph', line: [text(alert.description, MOST_WORDS)] },
    {
      kind: 'facts',
      facts: [
        ['Findings', [strong(count(alert.count)), `, ${outcomes(alert)}`]],
        ...markFacts(alert),
        ['First and last', [span(alert.from, alert.to, zone) || 'undated']],
        ['Principals', topLine(alert.principals)],
        ['Addresses', topLine(alert.addresses)],
        ['Query', [code(alert.query, MOST_WORDS)]],
        ['Alert', [code(alert.id), `, ${alert.severity}, version `, code(alert.version)]],
        ...(alert.falsePositives.length > 0
          ? [['Harmless causes', [text(alert.falsePositives.join(' '), MOST_WORDS)]] as [string, Line]]
          : []),
      ],
    },
    {
      kind: 'events',
      name: `Findings of ${alert.name}`,
      head: eventHead(zone),
      rows: alert.examples.map((example) => ({
        cells: eventCells(example.event, zone),
        below: [...markLine(example.event), ...evidenceLines(example), recordLine(example.event)],
      })),
    },
    ...(more > 0
      ? [
          {
            kind: 'paragraph' as const,
            line: [
              faint(
                `And ${plural(more, 'more finding')} of this alert: the CSV and JSON exports have them all.`,
              ),
            ],
          },
        ]
      : []),
  ];
}

function outcomes({ outcomes: { success, denied, error } }: AlertFindings): string {
  const parts = [
    ...(success > 0 ? [`${count(success)} succeeded`] : []),
    ...(denied > 0 ? [`${count(denied)} denied`] : []),
    ...(error > 0 ? [`${count(error)} failed otherwise`] : []),
  ];
  return parts.join(', ');
}

function markFacts({ marks, count: all }: AlertFindings): [string, Line][] {
  const named = (['malicious', 'suspicious', 'benign'] as const).filter((mark) => marks[mark] > 0);
  if (named.length === 0) return [];
  const open = all - named.reduce((sum, mark) => sum + marks[mark], 0);
  const parts = [
    ...named.map((mark) => `${count(marks[mark])} ${mark}`),
    ...(open > 0 ? [`${count(open)} open`] : []),
  ];
  return [['Marked', [parts.join(', ')]]];
}

function topLine({ values, more }: Top): Line {
  const line: Line = [];
  values.forEach(({ value, note, count: n }, i) => {
    if (i > 0) line.push(', ');
    line.push(value === '' ? 'none recorded' : code(value));
    if (note !== '') line.push(' ', text(note));
    line.push(faint(` × ${count(n)}`));
  });
  if (more > 0) line.push(` and ${count(more)} more`);
  return line;
}

function evidenceLines({ matched, absent, unread }: Example): Line[] {
  if (unread !== '') return [[strong('The record cannot be read any more:'), ' ', text(unread)]];
  const lines: Line[] = matched.slice(0, MOST_CONDITIONS).map(({ condition, evidence }) => {
    const line: Line = ['Met ', code(condition)];
    evidence.slice(0, MOST_VALUES).forEach(({ path, value }, i) => {
      line.push(i === 0 ? ': ' : ', ', code(path), ' = ', strong(code(value)));
    });
    if (evidence.length > MOST_VALUES)
      line.push(` and ${plural(evidence.length - MOST_VALUES, 'more value')}`);
    return line;
  });
  if (matched.length > MOST_CONDITIONS) {
    lines.push([`And ${plural(matched.length - MOST_CONDITIONS, 'more condition')}`]);
  }
  if (absent.length > 0) {
    const line: Line = ['Without '];
    absent
      .slice(0, MOST_CONDITIONS)
      .forEach((condition, i) => line.push(...(i > 0 ? [', '] : []), code(condition)));
    if (absent.length > MOST_CONDITIONS) line.push(` and ${count(absent.length - MOST_CONDITIONS)} more`);
    lines.push(line);
  }
  return lines;
}
