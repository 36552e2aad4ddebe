import { describe, expect, it } from 'vitest';
import { eventNames, isKnownEventName } from '../../../src/core/query/api/catalogue.ts';
import { HAVE_VECTORS, sharedRows } from './vectors.ts';

describe('the catalogue of event names', () => {
  it('knows operations, sign-ins and names with a version', () => {
    for (const name of ['RunInstances', 'ConsoleLogin', 'PutBucketPolicy', 'UpdateFunctionCode20150331v2']) {
      expect(isKnownEventName(name), name).toBe(true);
    }
    for (const name of ['runInstances', 'RunInstance', '', 'CreateFunction1'])
      expect(isKnownEventName(name)).toBe(false);
    expect(eventNames().get('RunInstances')).toEqual(['ec2']);
  });

  it.skipIf(!HAVE_VECTORS)(
    'has every operation of the list it was made from, and no others but its own',
    () => {
      const operations = new Set(
        sharedRows('data/alerts/api_ops.tsv')
          .slice(1)
          .map(([, name]) => name!),
      );
      expect([...operations].filter((name) => !eventNames().has(name))).toEqual([]);
      expect([...eventNames().keys()].filter((name) => !operations.has(name)).length).toBeLessThan(70);
    },
  );
});
