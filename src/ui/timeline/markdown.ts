/** The timeline as Markdown, for a ticket or a message. Text out of logs stands in code spans, where it means nothing. */
import type { TimelineEntry } from '../../../workers/contract.ts';
import { zoneWords } from '../parts/format.ts';
import { visible, visibleLine } from '../parts/visible.ts';
import { clockOf, dayOf, later, offsetOf, weekdayOf } from './gaps.ts';

/** A code span (CommonMark 6.1): its fence is longer than any run of backticks inside. */
export function codeSpan(text: string): string {
  const shown = visibleLine(text);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}

/** What a person wrote, with what Markdown would read as its own escaped (CommonMark 2.4). */
function escaped(text: string): string {
  return visible(text).replace(/[\\`*_[\]<>#|~!&]/g, '\\$&');
}

/** `title` is the heading, usually the name of the case. */
export function timelineMarkdown(title: string, entries: readonly TimelineEntry[]): string {
  const zoneLabelled = zoneWords(entries[0]?.row.time);
  const lines = [`# ${escaped(title)}: timeline (${zoneLabelled})`];
  let day: string | null = null;
  for (const { row, findings, previous } of entries) {
    const today = dayOf(row.time);
    if (today !== day)
      lines.push(
        '',
        today === ''
          ? '## No usable time'
          : `## ${today} ${weekdayOf(row.time)} ${offsetOf(row.time)}`.trimEnd(),
        '',
      );
    day = today;
    const gap = later(previous, row.time);
    const when = today === '' ? codeSpan(row.timeText || 'no time') : clockOf(row.time);
    const service = row.eventSource.replace(/\.amazonaws\.com$/, '');
    const from =
      row.sourceIp === ''
        ? ''
        : ` from ${codeSpan(row.sourceIp)}${row.country && ` (${escaped(row.country)})`}`;
    const outcome =
      row.outcome === 'success' || row.outcome === ''
        ? ''
        : `, ${row.errorCode ? codeSpan(row.errorCode) : row.outcome}`;
    const alerts = findings.map(({ rule }) => `${escaped(rule.name)} (${rule.severity})`).join('; ');
    lines.push(
      `- **${when}** ${codeSpan(row.eventName || row.summary)} (${escaped(service)}) by ${codeSpan(row.principal)}${from}${outcome}` +
        `${row.mark === 'open' ? '' : ` – **${row.mark}**`}${gap && ` – ${gap}`}`,
    );
    if (alerts !== '') lines.push(`  - ${alerts}`);
    if (row.note !== '') lines.push(`  - ${escaped(row.note)}`);
  }
  return `${lines.join('\n')}\n`;
}
