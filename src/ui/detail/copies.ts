/** The forms in which an event can be taken elsewhere. */
import type { EventDetail } from '../../../workers/contract.ts';
import { clauseOf } from '../../core/query/index.ts';
import { markdownText } from '../../core/text/markdown.ts';
import { instant } from '../parts/format.ts';

/** The query that selects this event and no other; '' for an event without an ID. */
export function filterOf({ eventId }: EventDetail): string {
  return eventId === '' ? '' : clauseOf('eventID', eventId);
}

/** One item of a Markdown list: when, who, what, where from, what came of it, and the ID to find it by. */
export function markdownOf({ row, eventId }: EventDetail): string {
  const when = instant(row.time) || row.timeText || 'no time';
  const service = row.eventSource.replace(/\.amazonaws\.com$/, '');
  const who = row.principal === '' ? 'somebody' : `**${markdownText(row.principal)}**`;
  const place = row.country === '' ? '' : ` (${markdownText(row.country)})`;
  const where = row.sourceIp === '' ? '' : ` from ${markdownText(row.sourceIp)}${place}`;
  const outcome = [row.outcome, markdownText(row.errorCode)].filter((one) => one !== '').join(', ');
  const id = eventId === '' ? 'no event ID' : `event ${markdownText(eventId)}`;
  const what = `${markdownText(service)} ${markdownText(row.eventName || row.summary)}`;
  return `- ${markdownText(when)}: ${who}, ${what}${where}${outcome && `: ${outcome}`}; ${id}`;
}

/** Where the record is kept, as lines for a report. */
export function evidenceOf({ eventId, source, recordIndex, offset, length }: EventDetail): string {
  return [
    `event_id: ${eventId}`,
    `file: ${source.path}`,
    `sha256: ${source.sha256}`,
    `record_index: ${String(recordIndex)}`,
    `offset: ${String(offset)}`,
    `length: ${String(length)}`,
  ].join('\n');
}
