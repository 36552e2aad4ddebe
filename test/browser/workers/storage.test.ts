/** How an open case is stored: parcel after parcel, while the next one is taken in, and never told of before. */
import { describe, expect, it } from 'vitest';
import { StoreFailure, type CaseStore } from '../../../src/store/case-store.ts';
import type { CaseRow, ParcelRow } from '../../../src/store/database.ts';
import type { CaseEvent } from '../../../workers/contract.ts';
import { SourceArchive } from '../../../workers/case/archive.ts';
import { Completeness } from '../../../workers/case/completeness.ts';
import { CaseStorage } from '../../../workers/case/storage.ts';
import { emptyCase } from '../../../workers/case/totals.ts';

const parcel = (seq: number): ParcelRow => ({
  caseId: 'case',
  seq,
  opened: [],
  closed: [],
  rules: [],
  block: null,
});
const totals = (events: number) => ({ events, findings: 0, files: 0, from: NaN, to: NaN });

/** A storage whose writes end when the test says so. */
function slow() {
  const row = emptyCase('Case');
  const begun: { seq: number; events: number }[] = [];
  const ends: ((error?: StoreFailure) => void)[] = [];
  const store = {
    putParcel: ({ seq }: ParcelRow, _: unknown, { events }: CaseRow) =>
      new Promise<void>((resolve, reject) => {
        begun.push({ seq, events });
        ends.push((error) => (error ? reject(error) : resolve()));
      }),
  } as unknown as CaseStore;
  const told: CaseEvent[] = [];
  const archive = new SourceArchive(row.id, () => store);
  const storage = new CaseStorage(row, store, '', archive, new Completeness(row), (event) =>
    told.push(event),
  );
  /** Ends the oldest write that has not ended. */
  const end = async (error?: StoreFailure): Promise<void> => {
    await expect.poll(() => ends.length).toBeGreaterThan(0);
    ends.shift()!(error);
  };
  return { row, storage, begun, told, end };
}

describe('a case', () => {
  it('is stored parcel after parcel, each with what the case came to with it', async () => {
    const { row, storage, begun, end } = slow();
    for (const seq of [0, 1, 2]) {
      row.events = 10 * (seq + 1);
      void storage.put(parcel(seq), [], totals(row.events));
    }
    await end();
    await expect.poll(() => begun).toHaveLength(2);
    await end();
    await end();
    await storage.done();
    expect(begun).toEqual([10, 20, 30].map((events, seq) => ({ seq, events })));
  });

  it('is looked at when all of it is stored, before more comes in', async () => {
    const { storage, end } = slow();
    const order: string[] = [];
    expect(await storage.whenStored(() => 'at once')).toBe('at once');
    void storage.put(parcel(0), [], totals(1)).then(() => order.push('first'));
    void storage.put(parcel(1), [], totals(2)).then(() => order.push('second'));
    const looked = storage.whenStored(() => order.push('look'));
    const taking = storage.letLook().then(() => order.push('next'));
    await end();
    await expect.poll(() => order).toEqual(['first']);
    await end();
    await Promise.all([looked, taking]);
    expect(order).toContain('second');
    expect(order.indexOf('look')).toBeLessThan(order.indexOf('next'));
  });

  it('tells whoever looks what went wrong in looking', async () => {
    const { storage } = slow();
    const looked = storage.whenStored(() => {
      throw new Error('No such view.');
    });
    await expect(looked).rejects.toThrow('No such view.');
  });

  it('never stores again once it could not, and goes on', async () => {
    const { row, storage, begun, told, end } = slow();
    const all = [0, 1, 2].map((seq) => storage.put(parcel(seq), [], totals(seq)));
    await end();
    await end(new StoreFailure('quota', 'No more room.'));
    await Promise.all(all);
    expect(begun.map(({ seq }) => seq)).toEqual([0, 1]);
    expect(told).toMatchObject([{ kind: 'memory-only' }]);
    expect(storage.memoryReason).toMatch(/^No more room\. What was read before this is stored/);
    expect(row.bytes).toBe(0);
    expect(await storage.whenStored(() => 'looked at')).toBe('looked at');
  });
});
