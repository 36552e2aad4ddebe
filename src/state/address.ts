/**
 * The view in the address bar: `#v1?tab=events&q=…&from=…`. It holds the view and never the data, so a link can be
 * passed on, and back and forward work. Whatever is read from it is distrusted: an unknown version or a value
 * that makes no sense counts as not given.
 */
import type { GridField, RowField } from '../../workers/contract.ts';
import { ENTITY_KINDS, type EntityRef } from '../core/table/entity.ts';
import { VERSION, partsOf } from './address-version.ts';
import { isMoreField } from './more-fields.ts';

export const TABS = ['findings', 'events', 'timeline', 'sources', 'rules'] as const;
export type Tab = (typeof TABS)[number];

/** What the screens are called. */
export const TAB_NAMES: Record<Tab, string> = {
  findings: 'Findings',
  events: 'Events',
  timeline: 'Timeline',
  sources: 'Sources',
  rules: 'Rules',
};

export interface Sort {
  field: GridField;
  descending: boolean;
}

/** What is looked at. Times are ms since the epoch; null is "no bound" or "nothing selected". */
export interface Place {
  tab: Tab;
  query: string;
  from: number | null;
  to: number | null;
  /** Order of the findings and of the events grid; null = the grid's own. */
  sort: { findings: Sort | null; events: Sort | null };
  /** Event whose record is open. */
  event: number | null;
  /** Clauses that are set aside: shown beside the filter, to be taken up again. */
  off: readonly string[];
  /** Principal, address or access key whose page stands over the rows. */
  who: EntityRef | null;
}

export const HOME: Place = {
  tab: 'findings',
  query: '',
  from: null,
  to: null,
  sort: { findings: null, events: null },
  event: null,
  off: [],
  who: null,
};

/** A time range, ms, inclusive at both ends; null = no bound. */
export interface Range {
  from: number | null;
  to: number | null;
}

/** Ranges of which each lies within the one before, the narrowest last, after `next` was chosen. */
export function narrowed(ranges: readonly Range[], next: Range): Range[] {
  if (next.from === null && next.to === null) return [];
  const same = ranges.findIndex((one) => one.from === next.from && one.to === next.to);
  if (same >= 0) return ranges.slice(0, same + 1);
  const around = ranges.filter(
    (one) =>
      (one.from ?? -Infinity) <= (next.from ?? -Infinity) && (one.to ?? Infinity) >= (next.to ?? Infinity),
  );
  return [...around, next];
}

/** Queries are limited to 10,000 characters by the language; a longer one in an address was never ours. */
const QUERY_LIMIT = 10_000;
/** Longest value of an entity in an address, characters: far beyond what AWS gives out. */
const ENTITY_LIMIT = 2000;
/** Clauses set aside at most. */
const MOST_OFF = 50;
/** Range of times an ECMAScript Date can hold, ms. */
const TIME_LIMIT = 8.64e15;

const FIELDS: Record<RowField, true> = {
  time: true,
  severity: true,
  alert: true,
  principal: true,
  principalType: true,
  eventName: true,
  eventSource: true,
  account: true,
  region: true,
  sourceIp: true,
  country: true,
  userAgent: true,
  outcome: true,
  errorCode: true,
  accessKeyId: true,
  mark: true,
};

/** Whether two places look at the same entity, or both at none. */
export function sameEntity(a: EntityRef | null, b: EntityRef | null): boolean {
  return a?.kind === b?.kind && a?.value === b?.value && a?.account === b?.account;
}

/** Most steps of a trail: the oldest but the first are forgotten. */
const LONGEST_TRAIL = 8;

/**
 * The places that led to the page of an entity, oldest first, after going from `from` to `to`. Coming back to
 * one that is on the trail cuts it there.
 */
export function trailed(trail: readonly Place[], from: Place, to: Place): readonly Place[] {
  if (to.who === null) return [];
  if (sameEntity(from.who, to.who)) return trail;
  const met = trail.findIndex(({ who }) => sameEntity(who, to.who));
  if (met >= 0) return trail.slice(0, met);
  const longer = [...trail, from];
  return longer.length > LONGEST_TRAIL ? [longer[0] as Place, ...longer.slice(2)] : longer;
}

/** The hash for `place`, with its `#`; '' when it is where one starts. */
export function encodePlace(place: Place): string {
  const parts = new URLSearchParams();
  if (place.tab !== HOME.tab) parts.set('tab', place.tab);
  if (place.query !== '') parts.set('q', place.query);
  if (place.from !== null) parts.set('from', new Date(place.from).toISOString());
  if (place.to !== null) parts.set('to', new Date(place.to).toISOString());
  if (place.sort.findings) parts.set('fsort', encodeSort(place.sort.findings));
  if (place.sort.events) parts.set('esort', encodeSort(place.sort.events));
  if (place.event !== null) parts.set('event', String(place.event));
  for (const clause of place.off) parts.append('off', clause);
  if (place.who !== null) parts.set('who', `${place.who.kind}:${place.who.value}`);
  if (place.who?.account !== undefined) parts.set('of', place.who.account);
  const text = parts.toString();
  return text === '' ? '' : `#v${VERSION}?${text}`;
}

/** The place that `hash` names; HOME for what this version does not understand. */
export function decodePlace(hash: string): Place {
  const parts = partsOf(hash);
  if (parts === null) return HOME;
  const tab = TABS.find((one) => one === parts.get('tab')) ?? HOME.tab;
  const query = parts.get('q') ?? '';
  let from = decodeTime(parts.get('from'));
  let to = decodeTime(parts.get('to'));
  if (from !== null && to !== null && from > to) from = to = null;
  const event = parts.get('event');
  return {
    tab,
    query: query.length > QUERY_LIMIT ? '' : query,
    from,
    to,
    sort: { findings: decodeSort(parts.get('fsort')), events: decodeSort(parts.get('esort')) },
    event: event !== null && /^\d{1,15}$/.test(event) ? Number(event) : null,
    off: decodeOff(parts.getAll('off')),
    who: decodeEntity(parts.get('who'), parts.get('of')),
  };
}

/** @param account of a principal; without it, all of that name are meant, as links had it before accounts told them apart */
function decodeEntity(text: string | null, account: string | null): EntityRef | null {
  if (text === null || text.length > ENTITY_LIMIT) return null;
  const colon = text.indexOf(':');
  const kind = ENTITY_KINDS.find((one) => one === text.slice(0, colon));
  if (kind === undefined) return null;
  const value = text.slice(colon + 1);
  const hasAccount = kind === 'principal' && account !== null && account.length <= ENTITY_LIMIT;
  return hasAccount ? { kind, value, account } : { kind, value };
}

/** Whether a value is one that can have a page: an address can hold it. That there is none (`''`) has a page, too. */
export function hasPage(value: string): boolean {
  return value.length < ENTITY_LIMIT - 16;
}

/** Clauses set aside, at most as many and as long as one filter could have. */
function decodeOff(clauses: readonly string[]): string[] {
  const few = [...new Set(clauses)].filter((clause) => clause.trim() !== '').slice(0, MOST_OFF);
  return few.join('').length > QUERY_LIMIT ? [] : few;
}

function encodeSort(sort: Sort): string {
  return `${sort.descending ? '-' : ''}${sort.field}`;
}

function decodeSort(text: string | null): Sort | null {
  if (text === null) return null;
  const descending = text.startsWith('-');
  const field = descending ? text.slice(1) : text;
  if (!Object.hasOwn(FIELDS, field) && !isMoreField(field)) return null;
  return { field: field as GridField, descending };
}

function decodeTime(text: string | null): number | null {
  if (text === null || !/^[+-]?\d{4,6}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return null;
  const time = Date.parse(text);
  return Number.isFinite(time) && Math.abs(time) <= TIME_LIMIT ? time : null;
}
