import type { RowField } from '../../../workers/contract.ts';
import type { RowKind } from '../../state/explore.svelte.ts';
import type { Column } from '../parts/grid.ts';

export interface ResultColumn extends Column {
  id: RowField;
}

const ALL: Record<RowField, Omit<ResultColumn, 'id' | 'sortable'>> = {
  time: { title: 'Time (UTC)', width: 172 },
  severity: { title: 'Severity', width: 84 },
  alert: { title: 'Alert', width: 216 },
  principal: { title: 'Principal', width: 200, grows: true },
  principalType: { title: 'Principal type', width: 108 },
  eventName: { title: 'Action', width: 176 },
  eventSource: { title: 'Service', width: 132 },
  account: { title: 'Account', width: 108 },
  region: { title: 'Region', width: 104 },
  sourceIp: { title: 'Source address', width: 128 },
  country: { title: 'Country', width: 116 },
  userAgent: { title: 'User agent', width: 240 },
  outcome: { title: 'Outcome', width: 148 },
  errorCode: { title: 'Error code', width: 160 },
  accessKeyId: { title: 'Access key', width: 164 },
};

const ORDER: Record<RowKind, readonly RowField[]> = {
  findings: [
    'time',
    'severity',
    'alert',
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
