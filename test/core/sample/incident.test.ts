import { describe, expect, it } from 'vitest';
import { compileQuery } from '../../../src/core/query/index.ts';
import { loadRules } from '../../../src/core/rules/index.ts';
import { HOME_COUNTRIES, sampleIncident, sampleTruth } from '../../../src/core/sample/index.ts';

interface Identity {
  type?: string;
  accountId?: string;
  accessKeyId?: string;
  invokedBy?: string;
}

interface SampleRecord {
  eventID: string;
  eventName: string;
  eventSource: string;
  eventTime: string;
  awsRegion: string;
  sourceIPAddress: string;
  recipientAccountId: string;
  errorCode?: string;
  userIdentity: Identity;
  requestParameters: Record<string, unknown> | null;
  responseElements: { credentials?: { accessKeyId: string } } | null;
}

const files = sampleIncident();
const truth = sampleTruth();
const logs = files.map(({ path, text }) => ({
  path,
  records: (JSON.parse(text) as { Records: SampleRecord[] }).Records,
}));
const distinct = new Map(logs.flatMap(({ records }) => records.map((record) => [record.eventID, record])));
const records = [...distinct.values()];

describe('the alerts of the sample', () => {
  const country = new Map(truth.addresses.map((place) => [place.address, place.country]));
  const queries = loadRules().map(({ id, query }) => [id, compileQuery(query)] as const);

  /** The record as Trailsift reads it: with the country of its address. */
  const located = (record: SampleRecord): unknown => {
    const country_name = country.get(record.sourceIPAddress);
    return country_name ? { ...record, sourceIPAddress_geoip: { country_name } } : record;
  };

  it('fire exactly where they are meant to', () => {
    const fired = new Map<string, string[]>();
    for (const record of records) {
      const event = located(record);
      const ids = queries.filter(([, query]) => query.matches(event)).map(([id]) => id);
      if (ids.length > 0) fired.set(record.eventID, ids.sort());
    }
    const listed = (map: Map<string, string[]>): string[] =>
      [...map].map(([id, rules]) => `${distinct.get(id)?.eventName} ${id}: ${rules.join(' ')}`).sort();
    expect(listed(fired)).toEqual(listed(truth.expected));
  });

  it('are all there', () => {
    const fired = new Set([...truth.expected.values()].flat());
    expect(queries.map(([id]) => id).filter((id) => !fired.has(id))).toEqual([]);
  });

  it.each([
    ['lightsail.amazonaws.com', 'UpdateDistribution'],
    ['apigateway.amazonaws.com', 'CreateRoute'],
    ['iot.amazonaws.com', 'DeleteCertificate'],
    ['inspector2.amazonaws.com', 'Enable'],
    ['autoscaling.amazonaws.com', 'DeletePolicy'],
    ['s3.amazonaws.com', 'HeadBucket'],
    ['kms.amazonaws.com', 'RotateKey'],
    ['cloudfront.amazonaws.com', 'CreateInvalidation'],
  ])('leave %s %s alone', (source, name) => {
    const found = records.filter((record) => record.eventSource === source && record.eventName === name);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((record) => truth.expected.has(record.eventID))).toEqual([]);
  });

  it('find the foreign addresses and no others', () => {
    const abroad = truth.addresses.filter(
      ({ country: name }) => name !== '' && !HOME_COUNTRIES.includes(name),
    );
    const addresses = new Set(abroad.map((place) => place.address));
    const found = records.filter((record) => truth.expected.get(record.eventID)?.includes('geo-outside'));
    expect(new Set(found.map((record) => record.sourceIPAddress))).toEqual(addresses);
  });
});

describe('the files of the sample', () => {
  const NAME =
    /^AWSLogs\/(\d{12})\/CloudTrail\/([a-z0-9-]+)\/(\d{4})\/(\d{2})\/(\d{2})\/\1_CloudTrail_\2_\3\4\5T(\d{2})([0-5][05])Z_[A-Za-z0-9]{16}\.json$/;

  it('are the same every time', () => {
    expect(sampleIncident()).toEqual(files);
    expect(sampleTruth()).toEqual(truth);
  });

  it('are as many and as large as promised', () => {
    expect(files.length).toBeGreaterThan(60);
    expect(files.length).toBeLessThan(150);
    expect(truth.events.length).toBeGreaterThan(3_000);
    expect(truth.events.length).toBeLessThan(4_000);
    expect(files.reduce((sum, file) => sum + file.text.length, 0)).toBeLessThan(6_000_000);
  });

  it('are named as CloudTrail names them, each for one account, one region and a delivery within ten minutes', () => {
    for (const { path, records: list } of logs) {
      const [, account, region, year, month, day, hour, minute] = NAME.exec(path)!;
      const delivered = Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!);
      for (const record of list) {
        expect([record.recipientAccountId, record.awsRegion]).toEqual([account, region]);
        const lag = delivered - Date.parse(record.eventTime);
        expect(lag).toBeGreaterThan(0);
        expect(lag).toBeLessThanOrEqual(600_000);
      }
    }
    expect(new Set(files.map((file) => file.path)).size).toBe(files.length);
  });

  it('hold each event of the truth, and some of them twice', () => {
    expect(new Set(distinct.keys())).toEqual(new Set(truth.events));
    expect(truth.events.length).toBe(distinct.size);
    const all = logs.flatMap(({ records: list }) => list);
    expect(all.length).toBeGreaterThan(distinct.size);
    for (const record of all) expect(record).toEqual(distinct.get(record.eventID));
  });

  it('are one line each, not in the order of time', () => {
    expect(files.every((file) => !file.text.includes('\n') && file.text.startsWith('{"Records":[{'))).toBe(
      true,
    );
    const times = logs.map(({ records: list }) => list.map((record) => record.eventTime));
    expect(times.some((list) => list.some((time, i) => i > 0 && time < list[i - 1]!))).toBe(true);
  });
});
