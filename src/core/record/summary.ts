/**
 * Records that are no call themselves but tell of many. Source: AWS CloudTrail user guide, "Insights events" and "Aggregated
 * events".
 */
import type { Value } from './columns.ts';
import { lookUp } from './flatten.ts';

const SUMMARIES = new Map<unknown, string>([
  ['AwsCloudTrailInsight', 'Insight'],
  ['AwsAggregatedEvent', 'Aggregated'],
]);

/** @returns what such a record is called, by its `eventType`; '' for a call */
export function summaryName(eventType: Value | undefined): string {
  return SUMMARIES.get(eventType) ?? '';
}

/** @returns when the time began that an aggregated event tells of: it has no `eventTime`. Undefined for any other record */
export function windowStart(record: unknown): Value | undefined {
  return lookUp(record, WINDOW_START).values[0];
}

/** The path of that. */
export const WINDOW_START = 'timeWindow.windowStart';
