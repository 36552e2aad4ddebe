import type { Row, RowField } from '../../../workers/contract.ts';
import type { RowKind } from '../../state/explore.svelte.ts';
import { instant } from '../parts/format.ts';
import type { Column } from '../parts/grid.ts';
import { visible } from '../parts/visible.ts';

export interface ResultColumn extends Column {
  id: RowField;
}

const ALL: Record<RowField, Omit<ResultColumn, 'id' | 'sortable'>> = {
  time: { title: 'Time (UTC)', width: 172, mono: true },
  severity: { title: 'Severity', width: 84 },
  alert: { title: 'Alert', width: 216 },
  principal: { title: 'Principal', width: 200, grows: true, mono: true },
  principalType: { title: 'Principal type', width: 108, mono: true, soft: true },
  eventName: { title: 'Action', width: 176, mono: true },
  eventSource: { title: 'Service', width: 132, mono: true, soft: true },
  account: { title: 'Account', width: 108, mono: true, soft: true },
  region: { title: 'Region', width: 104, mono: true, soft: true },
  sourceIp: { title: 'Source address', width: 128, mono: true, soft: true },
  country: { title: 'Country', width: 116 },
  userAgent: { title: 'User agent', width: 240, mono: true, soft: true },
  outcome: { title: 'Outcome', width: 148 },
  errorCode: { title: 'Error code', width: 160, mono: true },
  accessKeyId: { title: 'Access key', width: 164, mono: true, soft: true },
  mark: { title: 'Mark', width: 132 },
};

const ORDER: Record<RowKind, readonly RowField[]> = {
  findings: [
    'time',
    'severity',
    'alert',
    'mark',
    'principal',
    'eventName',
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
    'outcome',
    'severity',
    'alert',
    'mark',
    'sourceIp',
    'country',
    'account',
    'region',
    'userAgent',
    'accessKeyId',
  ],
};

/** Columns of the findings or of the events grid, in order. */
export function columnsOf(kind: RowKind): ResultColumn[] {
  return ORDER[kind].map((id) => ({ id, sortable: true, ...ALL[id] }));
}

/** What a cell says when it is nothing but text; null for the ones that ResultCell draws. */
export function cellText(row: Row, field: RowField): string | null {
  switch (field) {
    case 'severity':
    case 'mark':
    case 'alert':
    case 'outcome':
      return null;
    case 'time':
      return row.timeText === '' ? instant(row.time) || 'no time' : visible(row.timeText);
    case 'eventSource':
      return visible(row.eventSource.replace(/\.amazonaws\.com$/, ''));
    default:
      return visible(row[field]);
  }
}
