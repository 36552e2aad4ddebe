import type { GridField, Row, RowField } from '../../../workers/contract.ts';
import type { RowKind } from '../../state/explore.svelte.ts';
import { MORE_FIELDS, isMoreField } from '../../state/more-fields.ts';
import { instant, plural, zoneName } from '../parts/format.ts';
import type { Column } from '../parts/grid.ts';
import { visibleLine } from '../parts/visible.ts';

export interface ResultColumn extends Column {
  id: GridField;
}

const ALL: Record<RowField, Omit<ResultColumn, 'id' | 'sortable'>> = {
  time: { title: 'Time', width: 168, least: 164, mono: true },
  severity: { title: 'Severity', width: 88 },
  alert: { title: 'Alert', width: 216, least: 136 },
  principal: { title: 'Principal', width: 196, least: 144, grows: true, mono: true },
  principalType: { title: 'Principal type', width: 108, mono: true, soft: true, minor: true },
  eventName: { title: 'Action', width: 176, least: 144, mono: true },
  eventSource: { title: 'Service', width: 132, least: 88, mono: true, soft: true, minor: true },
  account: { title: 'Account', width: 108, mono: true, soft: true, minor: true },
  region: { title: 'Region', width: 104, least: 88, mono: true, soft: true, minor: true },
  sourceIp: { title: 'Source address', width: 128, least: 120, mono: true, soft: true },
  country: { title: 'Country', width: 116, least: 108 },
  userAgent: { title: 'User agent', width: 240, least: 160, mono: true, soft: true, minor: true },
  outcome: { title: 'Outcome', width: 152, least: 96 },
  errorCode: { title: 'Error code', width: 160, mono: true },
  accessKeyId: { title: 'Access key', width: 164, mono: true, soft: true, minor: true },
  mark: { title: 'Mark', width: 152, least: 64 },
};

/** What matters most comes first: on a small screen the last ones are beyond the edge. */
const ORDER: Record<RowKind, readonly RowField[]> = {
  findings: [
    'time',
    'severity',
    'alert',
    'principal',
    'eventName',
    'mark',
    'outcome',
    'sourceIp',
    'country',
    'account',
    'region',
    'eventSource',
  ],
  events: [
    'time',
    'eventName',
    'eventSource',
    'principal',
    'sourceIp',
    'outcome',
    'severity',
    'alert',
    'mark',
    'country',
    'account',
    'region',
    'userAgent',
    'accessKeyId',
  ],
};

/** Every column that a grid can show: those with a name of their own, then the further paths of the record. */
export const EVERY_COLUMN: readonly ResultColumn[] = [
  ...(Object.keys(ALL) as RowField[]).map((id) => ({ id, sortable: true, ...ALL[id] })),
  ...MORE_FIELDS.map((id) => ({ id, title: id, width: 200, sortable: true, mono: true, soft: true })),
];

/** A time with the offset of its zone is five letters longer, px. */
const LOCAL_TIME_PX = 204;

const BY_ID = new Map<string, ResultColumn>(EVERY_COLUMN.map((column) => [column.id, column]));

/** Columns of the findings or of the events grid, in order: those that were chosen, or its own. */
export function columnsOf(kind: RowKind, chosen: readonly string[] = ORDER[kind]): ResultColumn[] {
  const known = [...new Set(chosen)].flatMap((id) => BY_ID.get(id) ?? []);
  if (known.length === 0) return columnsOf(kind);
  const zone = zoneName();
  return known.map((column) =>
    column.id !== 'time'
      ? column
      : {
          ...column,
          title: `Time (${zone})`,
          ...(zone === 'UTC' ? {} : { width: LOCAL_TIME_PX, least: LOCAL_TIME_PX }),
        },
  );
}

/** `ids` with the one at `from` at place `to`. */
export function moved(ids: readonly string[], from: number, to: number): string[] {
  const rest = ids.filter((_, i) => i !== from);
  rest.splice(to, 0, ids[from] as string);
  return rest;
}

/** The value of a cell as it stands in the data, '' for none: what the filter asks for. An alert is its id. */
export function valueOf(row: Row, field: GridField): string {
  if (isMoreField(field)) return row.more?.[field] ?? '';
  switch (field) {
    case 'time':
      return row.timeText || instant(row.time);
    case 'severity':
      return row.rule?.severity ?? '';
    case 'alert':
      return row.rule?.id ?? '';
    default:
      return row[field];
  }
}

/** What a cell says when it is nothing but text; null for the ones that ResultCell draws. */
export function cellText(row: Row, field: GridField): string | null {
  switch (field) {
    case 'severity':
    case 'mark':
    case 'alert':
    case 'outcome':
      return null;
    case 'time':
      return row.timeText === '' ? instant(row.time) || 'no time' : visibleLine(row.timeText);
    case 'eventName':
      return row.eventName === '' && row.summary !== '' ? null : visibleLine(row.eventName);
    case 'principal':
      return row.principal.includes('/') ? null : visibleLine(row.principal);
    case 'eventSource':
      return visibleLine(row.eventSource.replace(/\.amazonaws\.com$/, ''));
    default:
      return visibleLine(valueOf(row, field));
  }
}

/** What a row says of a column in a copied line. */
export function copyOf(row: Row, field: GridField): string {
  if (field === 'alert') return row.rule?.name ?? '';
  if (field === 'outcome') return row.errorCode || row.outcome;
  if (field === 'mark') return [row.mark, row.note].filter((one) => one !== '' && one !== 'open').join(': ');
  return valueOf(row, field);
}

const DAY = 86_400_000;

/** How far apart two rows of a table in time order are, once it is a day or more: "3 days"; '' for nearer ones. */
export function daysBetween(above: Row, row: Row): string {
  const days = Math.floor(Math.abs(row.time - above.time) / DAY);
  return days >= 1 ? plural(days, 'day') : '';
}
