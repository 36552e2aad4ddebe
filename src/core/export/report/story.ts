/** The timeline: what a person chose of the case, in order of time. */
import { duration, plural, type Zone } from '../../text/format.ts';
import { faint, text, type Block, type Line } from './blocks.ts';
import { eventCells, eventHead, markLine, recordLine } from './event.ts';
import type { Story, StoryEntry } from './model.ts';

/** Time without an entry that is worth a word, ms. */
const GAP = 3_600_000;

/** @returns the chapter */
export function storyBlocks({ entries, more }: Story, zone: Zone): Block[] {
  const heading: Block = { kind: 'heading', level: 2, id: 'timeline', line: ['Timeline'] };
  if (entries.length === 0) {
    return [heading, { kind: 'paragraph', line: ['Nothing was put on the timeline of this case.'] }];
  }
  return [
    heading,
    {
      kind: 'events',
      name: 'Timeline',
      head: eventHead(zone),
      rows: entries.map((entry, i) => ({
        cells: eventCells(entry.event, zone),
        below: below(entry, entries[i - 1]),
      })),
    },
    ...(more > 0
      ? [{ kind: 'paragraph' as const, line: [`And ${plural(more, 'more entry', 'more entries')}.`] }]
      : []),
  ];
}

function below({ event, alerts }: StoryEntry, before: StoryEntry | undefined): Line[] {
  const lines: Line[] = [];
  const gap = before === undefined ? NaN : event.time - before.event.time;
  if (gap >= GAP) lines.push([faint(`${duration(gap)} after the entry before`)]);
  lines.push(...markLine(event));
  if (alerts.length > 0) {
    const line: Line = [];
    alerts.forEach(({ name, severity }, i) =>
      line.push(...(i > 0 ? [', '] : []), { kind: 'severity', severity }, ' ', text(name)),
    );
    lines.push(line);
  }
  lines.push(recordLine(event));
  return lines;
}
