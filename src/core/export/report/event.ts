/** One event, as findings and the timeline show it. */
import { instant, zoneLabel, type Zone } from '../../text/format.ts';
import { BREAK, code, faint, strong, text, type Line } from './blocks.ts';
import type { EventFacts } from './model.ts';

/** A note is a person's own words: more of it is shown than of a value, in UTF-16 units. */
const MOST_NOTE = 2000;

/** The columns of events. */
export function eventHead(zone: Zone): string[] {
  return [`Time (${zoneLabel(zone)})`, 'Principal', 'Action', 'From', 'Outcome'];
}

/** Who did what, when, from where, and what came of it: a cell for each of `eventHead`. */
export function eventCells(event: EventFacts, zone: Zone): Line[] {
  const { timeText, principal, principalType, action, service, address, country, outcome, errorCode } = event;
  const time = instant(event.time, zone);
  return [
    time === '' ? [timeText === '' ? 'undated' : code(timeText)] : [time],
    [
      principal === '' ? faint('not recorded') : code(principal),
      ...(principalType === '' ? [] : [' ', faint(text(principalType))]),
    ],
    [code(action), ...(service === '' ? [] : [' ', faint(text(service))])],
    [address === '' ? faint('not recorded') : code(address), ...(country === '' ? [] : [' ', text(country)])],
    [outcome, ...(errorCode === '' ? [] : [' ', code(errorCode)])],
  ];
}

/** What a person made of it. */
export function markLine({ mark, note }: EventFacts): Line[] {
  if (mark === '' && note === '') return [];
  return [
    [
      strong('Marked ', mark === '' ? 'with a note' : mark),
      ...(note === '' ? [] : [': ', text(note, MOST_NOTE)]),
    ],
  ];
}

/** Where the record is, so that anybody can look it up. */
export function recordLine(event: EventFacts): Line {
  const { account, region, accessKey, userAgent, eventId, recordIndex, file, sha256 } = event;
  const line: Line = [];
  for (const [name, value] of [
    ['Account', account],
    ['region', region],
    ['key', accessKey],
    ['user agent', userAgent],
  ] as const) {
    if (value !== '') line.push(`${line.length === 0 ? '' : ', '}${name} `, code(value));
  }
  if (line.length > 0) line.push(BREAK);
  line.push(
    'Event ',
    eventId === '' ? 'without an ID' : code(eventId),
    `, record ${String(recordIndex)} of `,
    code(file),
  );
  line.push(', SHA-256 ', sha256 === '' ? 'unknown' : code(sha256));
  return line;
}
