import { isObject } from '../record.ts';

/** What log files of special kinds are called, told by their first record; '' for ordinary events. */
export function nameOfRecords(first: unknown): string {
  if (!isObject(first)) return '';
  if (isObject(first['insightDetails']) || first['eventCategory'] === 'Insight')
    return 'CloudTrail Insights file';
  if (first['eventCategory'] === 'NetworkActivity') return 'CloudTrail network activity file';
  if (first['eventType'] === 'AwsAggregatedEvent') return 'CloudTrail aggregated events';
  return '';
}

/** What records in plain JSON are called, told by how they are arranged. */
export function nameOfArrangement(arrangement: {
  inRecords: boolean;
  inArray: boolean;
  topLevelValues: number;
}): string {
  if (arrangement.inRecords) return 'CloudTrail log file';
  if (arrangement.inArray) return 'JSON array of records';
  return arrangement.topLevelValues > 1 ? 'JSON records one after another' : 'single CloudTrail record';
}
