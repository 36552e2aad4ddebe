/** Alerts: those that could not be evaluated or were off, and all of them with their versions. */
import { count, plural } from '../../text/format.ts';
import { code, faint, text, type Block, type Line } from './blocks.ts';
import type { AlertState, Colophon } from './model.ts';

/** What this report does not say anything about, and why. */
export function unevaluatedBlocks(alerts: readonly AlertState[]): Block[] {
  const open = alerts.filter(({ outcome }) => outcome === 'unevaluable' || outcome === 'error');
  const off = alerts.filter(({ outcome }) => outcome === 'off');
  const blocks: Block[] = [];
  if (open.length > 0) {
    blocks.push(
      { kind: 'heading', level: 3, id: 'unevaluated', line: ['Alerts that could not be evaluated'] },
      {
        kind: 'table',
        name: 'Alerts that could not be evaluated',
        head: ['Severity', 'Alert', 'Why'],
        rows: open.map(({ severity, name, reason }) => [
          [{ kind: 'severity', severity }],
          [text(name)],
          [text(reason)],
        ]),
      },
    );
  }
  if (off.length > 0) {
    const line: Line = [];
    off.forEach(({ name, severity }, i) =>
      line.push(...(i > 0 ? ['; '] : []), text(name), faint(` (${severity})`)),
    );
    blocks.push(
      { kind: 'heading', level: 3, id: 'off', line: ['Alerts that were switched off'] },
      { kind: 'paragraph', line },
    );
  }
  return blocks;
}

/** Every alert, its version and what came of it: a report holds for these, and for no others. */
export function alertBlocks(alerts: readonly AlertState[], { published, parameters }: Colophon): Block[] {
  const settings: Block[] = [];
  if (published) {
    settings.push({
      kind: 'paragraph',
      line: ['Alerts ran with their queries as published, where they differ from the corrected ones.'],
    });
  }
  if (parameters.length > 0) {
    settings.push({
      kind: 'facts',
      facts: parameters.map(({ name, values }) => [
        `Set for ${name}`,
        values.length === 0
          ? ['nothing']
          : values.flatMap((value, i) => [...(i > 0 ? [', '] : []), code(value)]),
      ]),
    });
  }
  return [
    { kind: 'heading', level: 2, id: 'alerts', line: ['Alerts, and their versions'] },
    {
      kind: 'paragraph',
      line: [
        'A version is a hash of all that decides what an alert finds: its query, parameters, condition and severity.',
      ],
    },
    ...settings,
    {
      kind: 'table',
      name: 'Alerts and their versions',
      head: ['Severity', 'Alert', 'Identifier', 'Version', 'Outcome'],
      rows: alerts.map((alert) => [
        [{ kind: 'severity', severity: alert.severity }],
        [text(alert.name)],
        [code(alert.id)],
        [code(alert.version)],
        [outcome(alert)],
      ]),
    },
  ];
}

function outcome({ outcome: kind, count: findings }: AlertState): string {
  switch (kind) {
    case 'hits':
      return plural(findings, 'finding');
    case 'none':
      return `${count(0)} findings`;
    case 'unevaluable':
      return 'could not be evaluated';
    case 'error':
      return 'error in the query';
    case 'off':
      return 'off';
  }
}
