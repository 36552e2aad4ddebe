/** CloudTrail records for tests: as varied as need be, in the order of members that AWS writes. */
import fc from 'fast-check';

export interface TestRecord {
  eventVersion: string;
  userIdentity: { type: string; userName: string };
  eventTime: string;
  eventSource: string;
  eventName: string;
  awsRegion: string;
  requestParameters: unknown;
  eventID: string;
}

export function event(number: number, requestParameters: unknown = null): TestRecord {
  return {
    eventVersion: '1.08',
    userIdentity: { type: 'IAMUser', userName: 'alice' },
    eventTime: '2024-01-02T03:04:05Z',
    eventSource: 's3.amazonaws.com',
    eventName: 'ListBuckets',
    awsRegion: 'eu-west-1',
    requestParameters,
    eventID: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  };
}

/** Records with request parameters of any kind: quotes, brackets, escapes, text in other scripts. */
export const events: fc.Arbitrary<TestRecord[]> = fc
  .array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 12 })
  .map((parameters) => parameters.map((parameter, index) => event(index, parameter)));

/** How many there are of an event ID's number in some records, in order. */
export function numbersOf(jsons: readonly string[]): number[] {
  return jsons.map((json) => Number((JSON.parse(json) as TestRecord).eventID.slice(-12)));
}
