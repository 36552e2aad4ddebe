import type { FacetField } from '../../../workers/contract.ts';

/** A facet of the side list: which field, what it is called, and whether it starts unfolded. */
export interface FacetChoice {
  field: FacetField;
  title: string;
  unfolded: boolean;
  /** Values read as identifiers: set in the mono face. */
  mono: boolean;
}

/** Values that a facet lists at first, and on request. */
export const FEW = 6;
export const MANY = 50;

export const FACETS: readonly FacetChoice[] = [
  { field: 'mark', title: 'Mark', unfolded: true, mono: false },
  { field: 'severity', title: 'Severity', unfolded: false, mono: false },
  { field: 'principal', title: 'Principal', unfolded: true, mono: true },
  { field: 'eventName', title: 'Action', unfolded: true, mono: true },
  { field: 'sourceIp', title: 'Source address', unfolded: true, mono: true },
  { field: 'outcome', title: 'Outcome', unfolded: true, mono: false },
  { field: 'account', title: 'Account', unfolded: true, mono: true },
  { field: 'region', title: 'Region', unfolded: true, mono: true },
  { field: 'country', title: 'Country', unfolded: false, mono: false },
  { field: 'eventSource', title: 'Service', unfolded: false, mono: true },
  { field: 'errorCode', title: 'Error code', unfolded: false, mono: true },
  { field: 'principalType', title: 'Principal type', unfolded: false, mono: true },
  { field: 'accessKeyId', title: 'Access key', unfolded: false, mono: true },
  { field: 'userAgent', title: 'User agent', unfolded: false, mono: true },
  { field: 'readOnly', title: 'Read only', unfolded: false, mono: true },
  { field: 'category', title: 'Event category', unfolded: false, mono: true },
];
