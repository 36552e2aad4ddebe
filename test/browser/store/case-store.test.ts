import { afterEach, describe, expect, it } from 'vitest';
import type { StoredBlock } from '../../../src/core/table/event-table.ts';
import { CaseStore, StoreFailure } from '../../../src/store/case-store.ts';
import type { CaseRow, GeoRow, MarkRow, ParcelRow } from '../../../src/store/database.ts';

const NAME = 'trailsift-test';
const opened: CaseStore[] = [];

async function open(): Promise<CaseStore> {
  const store = await CaseStore.open(() => undefined, NAME);
  opened.push(store);
  return store;
}

afterEach(async () => {
  for (const store of opened.splice(0)) store.close();
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = resolve;
    request.onerror = reject;
  });
});

const caseRow = (id: string): CaseRow => ({
  id,
  owner: 'this tab',
  name: `Case ${id}`,
  created: 1,
  opened: Number(id),
  events: 0,
  findings: 0,
  files: 0,
  bytes: 0,
  from: NaN,
  to: NaN,
  rules: { off: [], profile: 'corrected', values: {}, own: [] },
  filters: [],
  reading: false,
  unstored: [],
});

const parcel = (caseId: string, seq: number): ParcelRow => ({
  caseId,
  seq,
  opened: [{ id: seq, path: `file-${seq}`, bytes: 3, original: { pack: seq, offset: 0, length: 3 } }],
  closed: [],
  rules: [],
  block: blockOf(seq),
});

/** Arrays of all widths and of lengths that leave gaps, some of them parts of larger ones, some empty. */
const blockOf = (seq: number): StoredBlock => ({
  rows: 3,
  time: Float64Array.of(seq, NaN, 2),
  eventId: Uint8Array.from({ length: 48 }, (_, i) => i),
  oddIds: [[1, 'EXAMPLE']],
  oddTimes: [[2, 'yesterday']],
  flags: Uint16Array.of(1, 2, 65_535, 9).subarray(1),
  source: Uint32Array.of(0, 0, 1),
  ordinal: Uint32Array.of(0, 1, 0),
  offset: Float64Array.of(0, 2 ** 40, 5),
  length: Uint32Array.of(7, 8, 9),
  digest: Uint32Array.of(1, 2, 3, 4, 5, 2 ** 32 - 1),
  columns: [Uint8Array.of(1, 2, 255), Uint16Array.of(1, 2, 65_535), Uint32Array.of(1, 2, 2 ** 32 - 1)],
  gained: [['a', true, 3]],
  topLevelKeys: ['addendum'],
  hitRule: Uint16Array.of(4),
  hitRow: Uint32Array.of(2),
  duplicateOf: new Uint32Array(0),
  duplicateSource: new Uint32Array(0),
  duplicateOrdinal: new Uint32Array(0),
  conflicts: Uint32Array.of(1),
});

const mark = (caseId: string, seq: number, status: MarkRow['status']): MarkRow => ({
  caseId,
  seq,
  at: 1,
  undone: false,
  status,
  note: null,
  timeline: null,
  targets: [{ rule: 'access-denied', rows: Uint32Array.of(seq, 7) }],
});

const geoRow = (role: GeoRow['role'], added: number): GeoRow => ({
  role,
  file: 'x.mmdb',
  name: 'Test-Country',
  date: '2026-01-02',
  kind: 'country',
  added,
  bytes: new Blob(['abc']),
});

async function fill(store: CaseStore, id: string, parcels: number): Promise<void> {
  await store.putCase(caseRow(id));
  for (let seq = 0; seq < parcels; seq++) {
    const originals = [{ caseId: id, pack: seq, bytes: Uint8Array.of(seq, 1, 2) }];
    await store.putParcel(parcel(id, seq), originals, { ...caseRow(id), events: seq + 1 });
  }
}

async function parcelsOf(store: CaseStore, id: string): Promise<ParcelRow[]> {
  const parcels: ParcelRow[] = [];
  await store.eachParcel(id, (one) => parcels.push(one));
  return parcels;
}

async function sequence(store: CaseStore, id: string): Promise<number[]> {
  const seqs: number[] = [];
  await store.eachParcel(id, (row) => seqs.push(row.seq));
  return seqs;
}

describe('CaseStore', () => {
  it('gives back parcels in order, and packs as they were', async () => {
    const store = await open();
    await fill(store, '1', 40);
    await fill(store, '2', 1);
    store.close();
    const again = await open();
    expect(await parcelsOf(again, '1')).toEqual(Array.from({ length: 40 }, (_, seq) => parcel('1', seq)));
    expect(await again.originals('1', 7)).toEqual(Uint8Array.of(7, 1, 2));
    expect((await again.cases())[1]?.events).toBe(40);
    expect((await again.cases()).map((row) => row.id)).toEqual(['2', '1']);
  });

  it('stores a parcel whole or not at all', async () => {
    const store = await open();
    await fill(store, '1', 1);
    const taken = [{ caseId: '1', pack: 0, bytes: new Uint8Array(1) }];
    await expect(store.putParcel(parcel('1', 1), taken, { ...caseRow('1'), events: 99 })).rejects.toThrow(
      StoreFailure,
    );
    expect(await sequence(store, '1')).toEqual([0]);
    expect((await store.cases())[0]?.events).toBe(1);
  });

  it('deletes a case with everything of it, and nothing else', async () => {
    const store = await open();
    await fill(store, '1', 2);
    await fill(store, '2', 2);
    await store.remove('1');
    expect(await sequence(store, '1')).toEqual([]);
    expect(await store.originals('1', 0)).toBeUndefined();
    expect(await sequence(store, '2')).toEqual([0, 1]);
  });

  it('takes nothing from an owner before, and keeps a name given by anyone', async () => {
    const store = await open();
    await fill(store, '1', 1);
    expect(await store.take('1', 'other tab', 5)).toMatchObject({
      id: '1',
      owner: 'other tab',
      opened: 5,
      events: 1,
    });
    await expect(store.putParcel(parcel('1', 1), [], caseRow('1'))).rejects.toMatchObject({ why: 'lost' });
    expect(await sequence(store, '1')).toEqual([0]);
    await store.rename('1', 'Renamed');
    await store.putParcel(parcel('1', 1), [], { ...caseRow('1'), owner: 'other tab' });
    expect(await store.cases()).toMatchObject([{ name: 'Renamed', owner: 'other tab' }]);
    expect(await store.take('2', 'other tab', 5)).toBeUndefined();
  });

  it('does not bring back a case that was deleted meanwhile', async () => {
    const store = await open();
    await fill(store, '1', 1);
    await store.remove('1');
    await expect(store.putParcel(parcel('1', 1), [], caseRow('1'))).rejects.toMatchObject({ why: 'lost' });
    await store.rename('1', 'Renamed');
    expect(await store.cases()).toEqual([]);
    expect(await sequence(store, '1')).toEqual([]);
  });

  it('deletes all', async () => {
    const store = await open();
    await fill(store, '1', 1);
    await store.removeAll();
    expect(await store.cases()).toEqual([]);
    await fill(store, '3', 1);
    expect(await sequence(store, '3')).toEqual([0]);
  });

  it('keeps acts of marking in order, and drops those that a new one takes the place of', async () => {
    const store = await open();
    await fill(store, '1', 1);
    await fill(store, '2', 1);
    for (const seq of [0, 1, 2]) await store.putMark(mark('1', seq, 'benign'), 'this tab');
    await store.putMark(mark('2', 0, 'suspicious'), 'this tab');
    await store.setUndone('1', 2, true, 'this tab');
    expect((await store.marks('1')).map(({ seq, undone }) => [seq, undone])).toEqual([[0, false], [1, false], [2, true]]); // prettier-ignore
    await store.setUndone('1', 1, true, 'this tab');
    await store.putMark(mark('1', 1, 'malicious'), 'this tab');
    expect(await store.marks('1')).toEqual([mark('1', 0, 'benign'), mark('1', 1, 'malicious')]);
    await store.remove('1');
    expect(await store.marks('1')).toEqual([]);
    expect(await store.marks('2')).toHaveLength(1);
  });

  it('takes marks and filters from the owner alone', async () => {
    const store = await open();
    await fill(store, '1', 1);
    await store.putFilters('1', [{ name: 'Denied', query: 'outcome:denied' }], 'this tab');
    await store.putMark(mark('1', 0, 'benign'), 'this tab');
    const lost = { why: 'lost' };
    await expect(store.putFilters('1', [], 'other tab')).rejects.toMatchObject(lost);
    await expect(store.putMark(mark('1', 1, 'open'), 'other tab')).rejects.toMatchObject(lost);
    await expect(store.setUndone('1', 0, true, 'other tab')).rejects.toMatchObject(lost);
    expect(await store.cases()).toMatchObject([{ filters: [{ name: 'Denied', query: 'outcome:denied' }] }]);
    expect(await store.marks('1')).toEqual([mark('1', 0, 'benign')]);
  });

  it('keeps a file as a Blob', async () => {
    const store = await open();
    const blob = new Blob(['original']);
    await store.putCase(caseRow('1'));
    await store.putParcel(parcel('1', 0), [{ caseId: '1', pack: 0, bytes: blob }], caseRow('1'));
    expect(await ((await store.originals('1', 0)) as Blob).text()).toBe('original');
  });

  it('says so when a newer Trailsift has been here', async () => {
    const newer = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(NAME, 990);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    newer.close();
    await expect(open()).rejects.toMatchObject({
      why: 'newer',
      message: expect.stringContaining('newer version'),
    });
  });

  it('says so where there is no IndexedDB', async () => {
    const real = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB')!;
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined, configurable: true });
    try {
      await expect(open()).rejects.toMatchObject({ why: 'unavailable' });
    } finally {
      Object.defineProperty(globalThis, 'indexedDB', real);
    }
  });
});

describe('geo databases', () => {
  it('are one for each role, whole, and go with everything else', async () => {
    const store = await open();
    await store.putGeo(geoRow('places', 1));
    await store.putGeo(geoRow('places', 2));
    await store.putGeo(geoRow('networks', 3));
    const rows = await store.geoDatabases();
    expect(rows.map(({ role, added }) => [role, added])).toEqual([
      ['networks', 3],
      ['places', 2],
    ]);
    expect(await rows[0]!.bytes.text()).toBe('abc');
    await store.removeGeo('networks');
    expect(await store.geoDatabases()).toHaveLength(1);
    await store.removeAll();
    expect(await store.geoDatabases()).toEqual([]);
  });
});

/** The schema as each version made it, by hand: what people have in their browsers is not made by today's code. */
const PAST: { version: number; make(db: IDBDatabase): void }[] = [
  {
    version: 1,
    make(db) {
      db.createObjectStore('cases', { keyPath: 'id' }).createIndex('opened', 'opened');
      db.createObjectStore('parcels', { keyPath: ['caseId', 'seq'] });
      db.createObjectStore('originals', { keyPath: ['caseId', 'pack'] });
    },
  },
  {
    version: 2,
    make(db) {
      PAST[0]!.make(db);
      db.createObjectStore('findings', { keyPath: 'caseId' });
    },
  },
  {
    version: 3,
    make(db) {
      PAST[1]!.make(db);
      db.createObjectStore('marks', { keyPath: ['caseId', 'seq'] });
    },
  },
  {
    version: 4,
    make(db) {
      PAST[2]!.make(db);
      db.createObjectStore('geo', { keyPath: 'role' });
    },
  },
  { version: 5, make: (db) => PAST[3]!.make(db) },
];

describe.each(PAST)('a database of version $version', ({ version, make }) => {
  it('is opened with all that was in it', async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      // Dexie counts in tenths.
      const request = indexedDB.open(NAME, version * 10);
      request.onupgradeneeded = () => make(request.result);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    await new Promise((resolve, reject) => {
      const transaction = db.transaction(['cases', 'parcels', 'originals'], 'readwrite');
      const { reading: _, unstored: __, ...third } = caseRow('7');
      const { filters: ___, ...second } = third;
      const { rules: ____, owner: _____, ...first } = second;
      transaction.objectStore('cases').put([first, second, third, third][version - 1] ?? caseRow('7'));
      transaction.objectStore('parcels').put(parcel('7', 0));
      transaction.objectStore('originals').put({ caseId: '7', pack: 0, bytes: Uint8Array.of(9) });
      transaction.oncomplete = resolve;
      transaction.onerror = reject;
    });
    db.close();
    const store = await open();
    expect(await store.cases()).toEqual([version < 2 ? { ...caseRow('7'), owner: '' } : caseRow('7')]);
    expect(await parcelsOf(store, '7')).toEqual([parcel('7', 0)]);
    expect(await store.originals('7', 0)).toEqual(Uint8Array.of(9));
    await store.putGeo(geoRow('places', 1));
    expect(await store.geoDatabases()).toMatchObject([{ role: 'places', added: 1 }]);
  });
});
