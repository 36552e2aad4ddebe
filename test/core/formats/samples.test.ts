/** Real and realistic files of every form (../shared/data): each must give exactly the records it holds. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../src/core/bytes/index.ts';
import { textOf, unwrap } from '../../../src/core/formats/index.ts';
import { bytesOf, collect, filesBelow, jsonOf, type CollectedLog } from './collect.ts';

const DATA = '../shared/data';
const SAMPLES = join(DATA, 'format-samples');
const here = existsSync(SAMPLES);

interface Expected {
  distinctEventIDs: string[];
  files: Record<string, { records: number | null }>;
}

/** Files that are not read to the full, and how they end. All others are `analysed`. */
const ENDINGS: Readonly<Record<string, { state: 'partial' | 'refused'; records: number; reason: RegExp }>> = {
  'bad/truncated.json.gz': { state: 'partial', records: 2, reason: /cut off.*record 3 \(byte 3,393\)/ },
  'bad/truncated.json': { state: 'partial', records: 3, reason: /ends within record 4 \(byte 4,363\)/ },
  'bad/crc.json.gz': { state: 'partial', records: 6, reason: /CRC-32/ },
  'bad/nul.json': { state: 'partial', records: 6, reason: /NUL bytes in record 1/ },
  'bad/line-broken.jsonl': { state: 'partial', records: 5, reason: /record 1 is not valid JSON \(byte 0\)/ },
  'bad/not-cloudtrail.json': { state: 'refused', records: 0, reason: /S3 event notification/ },
  'bad/vpcflow.log.gz': { state: 'refused', records: 0, reason: /VPC flow log/ },
  'bad/elb.json': { state: 'refused', records: 0, reason: /JSON of another kind/ },
  'bad/traildiscover-CreateApiKey.json': {
    state: 'refused',
    records: 0,
    reason: /not valid JSON \(byte 10\)/,
  },
};

/** The record as it was read first, got again from the original bytes: from the file, or the archive's entry. */
async function rereadAll(log: CollectedLog, file: Uint8Array): Promise<string[]> {
  const chunks: Uint8Array[] = [];
  for await (const { bytes } of textOf(memorySource(log.entry.original ?? file))) chunks.push(bytes.slice());
  const text = Buffer.concat(chunks);
  return log.records.map(({ offset, length }) =>
    Buffer.from(
      unwrap(log.outcome.formatId, new Uint8Array(text.subarray(offset, offset + length))),
    ).toString(),
  );
}

describe.skipIf(!here)('samples of every form (skipped without ../shared/data)', () => {
  const expected = JSON.parse(
    here ? readFileSync(join(SAMPLES, 'expected.json'), 'utf8') : '{"files":{}}',
  ) as Expected;

  test.each(Object.keys(expected.files))('%s', async (name) => {
    const file = bytesOf(join(SAMPLES, name));
    const logs = await collect(file, name);
    const ids = jsonOf(logs).map((json) => {
      const record = JSON.parse(json) as { eventID?: string; eventId?: string };
      return record.eventID ?? record.eventId;
    });
    const ending = ENDINGS[name];
    expect(new Set(ids).size).toBe(ending?.records ?? expected.files[name]!.records);
    for (const { outcome } of logs) {
      expect(outcome.state).toBe(ending?.state ?? 'analysed');
      if (ending === undefined) expect(outcome.reason).toBe('');
      else expect(outcome.reason).toMatch(ending.reason);
      if (ids.length === 0 && ending === undefined) expect(outcome.notes.join(' ')).not.toBe('');
    }
    if (ids.length === 6) expect(new Set(ids)).toEqual(new Set(expected.distinctEventIDs));
    for (const log of logs)
      expect(await rereadAll(log, file)).toEqual(log.records.map((record) => record.json));
  });

  test('all in one tar come out as they do one by one', async () => {
    const names = Object.keys(expected.files).filter((name) => !name.includes('folder.'));
    const { makeTar } = await import('../bytes/archives.ts');
    const tar = makeTar(names.map((name) => ({ name, data: bytesOf(join(SAMPLES, name)), longName: 'pax' })));
    const logs = await collect(tar, 'all.tar');
    for (const name of names) {
      const [alone] = await collect(bytesOf(join(SAMPLES, name)), name);
      const packed = logs.find((log) => log.entry.path === `all.tar/${name}`);
      // System litter is no log of an archive.
      if (basename(name) === 'aws-logs-write-test') expect(packed).toBeUndefined();
      else expect(packed).toMatchObject({ outcome: alone!.outcome, records: alone!.records });
    }
  });

  test.each([
    ['invictus/CloudTrail', 55, 2900],
    ['stratus/detonation-logs', 35, 310],
  ])('%s', async (folder, files, records) => {
    const paths = filesBelow(join(DATA, folder));
    expect(paths).toHaveLength(files);
    const logs = (await Promise.all(paths.map((path) => collect(bytesOf(path), path)))).flat();
    const ids = jsonOf(logs).map((json) => (JSON.parse(json) as { eventID: string }).eventID);
    expect(ids).toHaveLength(records);
    expect(new Set(ids).size).toBe(records);
    expect(logs.every(({ outcome }) => outcome.state === 'analysed' && outcome.refusedRecords === 0)).toBe(
      true,
    );
  });

  test.each([
    ['plaso/aws_cloudtrail.jsonl', 6, 'lookup-events'],
    [
      'trailscraper/111111111111_CloudTrail_eu-central-1_20171211T1505Z_A6kvhMoVeCsc7v8U.json',
      2,
      'cloudtrail',
    ],
    [
      'trailscraper/111111111111_CloudTrail_eu-central-1_20171211T1505Z_A6kvhMoVeCsc7v8U.json.gz',
      2,
      'cloudtrail',
    ],
    ['awscli/test_resource/result_1.csv.gz', 4, 'csv'],
    ['streamalert/rules/community/cloudwatch_events/cloudtrail_critical_api_calls.json', 15, 'cloudtrail'],
    ['streamalert/rules/community/cloudwatch_events/cloudtrail_put_bucket_acl.json', 2, 'nested'],
    ['streamalert/rules/classifier/cloudwatch/cloudwatch_cloudtrail.json', 1, 'cloudwatch'],
  ])('%s', async (name, records, format) => {
    const file = bytesOf(join(DATA, name));
    const logs = await collect(file, name);
    expect(jsonOf(logs)).toHaveLength(records);
    expect(logs[0]!.outcome.formatId.split(':')[0]).toBe(format);
    for (const log of logs)
      expect(await rereadAll(log, file)).toEqual(log.records.map((record) => record.json));
  });
  test('streamalert: test events, each within an object of its own', async () => {
    const paths = filesBelow(join(DATA, 'streamalert/rules')).filter((path) => path.endsWith('.json'));
    const logs = (await Promise.all(paths.map((path) => collect(bytesOf(path), path)))).flat();
    expect(jsonOf(logs)).toHaveLength(57);
    // A control message and messages of a database are no records.
    const others = logs
      .filter((log) => log.outcome.state !== 'analysed')
      .map((log) => basename(log.entry.path));
    expect(others).toEqual(['cloudwatch_control_message.json', 'cloudwatch_rds_aurora.json']);
  });

  test.each([1, 2, 3, 7, 61, 500, 4096])(
    'what is read does not depend on the chunks: %i bytes',
    async (chunkSize) => {
      for (const name of Object.keys(expected.files)) {
        const file = bytesOf(join(SAMPLES, name));
        expect(await collect(file, name, { chunkSize }), name).toEqual(await collect(file, name));
      }
    },
  );
});
