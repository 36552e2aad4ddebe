/**
 * Where addresses are: the database of countries that is built into the page, and what the person added to it or put in
 * its place. There is one database for places (Country or City) and one for networks (ASN); a newer one of the same role
 * takes the place of the older. They are kept once, for all cases.
 */
import { source, table } from 'virtual:geo';
import {
  checkMmdb,
  combineGeo,
  FACTS_OF,
  GeoError,
  openMmdb,
  openUnpackedTable,
  unpackTable,
  tolerant,
  type GeoDatabase,
  type GeoFact,
} from '../../src/core/geo/index.ts';
import type { PlaceOf } from '../../src/core/table/rows.ts';
import { CaseStore, StoreFailure } from '../../src/store/case-store.ts';
import type { GeoRow } from '../../src/store/database.ts';
import type { CaseEvent, GeoInfo, GeoRole, IngestSetup } from '../contract.ts';

/** What a case asks of the geo databases. */
export interface Places {
  readonly placeOf: PlaceOf;
  /** What they tell of addresses. */
  readonly facts: ReadonlySet<GeoFact>;
  /** Names them: findings that were made with others may differ. */
  readonly key: string;
}

/** A database of the person's own, in use. */
interface Own extends Omit<GeoRow, 'bytes'> {
  bytes: Uint8Array;
  database: GeoDatabase;
  stored: boolean;
}

/** A public address, of whatever country: it takes one to have the table read. */
const ANY_ADDRESS = '8.8.8.8';

let embedded: { unpacked: Uint8Array; database: GeoDatabase } | null = null;

/** The built-in table, unpacked when it is first asked for. The ingest workers get it from here. */
function embeddedTable(): { unpacked: Uint8Array; database: GeoDatabase } {
  if (embedded === null) {
    const unpacked = unpackTable(Uint8Array.from(atob(table), (character) => character.charCodeAt(0)));
    embedded = { unpacked, database: openUnpackedTable(unpacked) };
  }
  return embedded;
}

export class GeoBook {
  #own = new Map<GeoRole, Own>();
  #places: Places | null = null;

  /**
   * Takes up what is stored, which another tab may have changed. Failing that it says so and goes on with what is at hand:
   * a case must open, and the page be drawn.
   */
  async load(store: CaseStore | StoreFailure, tell: (event: CaseEvent) => void): Promise<void> {
    if (!(store instanceof CaseStore)) return;
    await this.#load(store).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      tell({ kind: 'failed', message: `Your geo databases could not be opened: ${why}` });
    });
  }

  async #load(store: CaseStore): Promise<void> {
    const rows = await store.geoDatabases();
    const isSame = (own: Own | undefined, row: GeoRow): boolean => own?.added === row.added;
    const own = new Map<GeoRole, Own>();
    for (const row of rows) {
      const known = this.#own.get(row.role);
      if (isSame(known, row)) own.set(row.role, known!);
      else {
        const bytes = new Uint8Array(await row.bytes.arrayBuffer());
        own.set(row.role, { ...row, bytes, database: tolerant(openMmdb(bytes)), stored: true });
      }
    }
    for (const [role, one] of this.#own) if (!one.stored && !own.has(role)) own.set(role, one);
    this.#use(own);
  }

  /**
   * Puts a database in use and keeps it.
   *
   * @returns one sentence: what it is and what it is for, or why it cannot be used
   */
  async add(
    file: string,
    bytes: Uint8Array<ArrayBuffer>,
    store: CaseStore | StoreFailure,
  ): Promise<{ ok: boolean; message: string }> {
    try {
      return { ok: true, message: await this.#add(file, bytes, store) };
    } catch (error) {
      if (error instanceof GeoError) return { ok: false, message: error.message };
      throw error;
    }
  }

  async #add(file: string, bytes: Uint8Array<ArrayBuffer>, store: CaseStore | StoreFailure): Promise<string> {
    const database = openMmdb(bytes);
    checkMmdb(bytes);
    const { name, date, kind } = database;
    const role: GeoRole = kind === 'asn' ? 'networks' : 'places';
    const row: GeoRow = { role, file, name, date, kind, added: Date.now(), bytes: new Blob([bytes]) };
    let why = '';
    try {
      if (store instanceof StoreFailure) throw store;
      await store.putGeo(row);
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error;
      why = error.message.replace(/\.$/, '');
    }
    this.#use(
      new Map(this.#own).set(role, { ...row, bytes, database: tolerant(database), stored: why === '' }),
    );
    const what =
      role === 'networks' ? 'the networks' : kind === 'city' ? 'the countries and cities' : 'the countries';
    const built = date === '' ? name : `${name}, built ${date}`;
    const kept = why === '' ? 'in every case, until you remove it' : `until this tab is closed. ${why}`;
    return `${built}: it tells ${what} of addresses from now on, ${kept}.`;
  }

  /** Goes back to the built-in table, or to none, for what a database was for. */
  async remove(role: GeoRole, store: CaseStore | StoreFailure): Promise<void> {
    if (store instanceof CaseStore) await store.removeGeo(role);
    const own = new Map(this.#own);
    own.delete(role);
    this.#use(own);
  }

  /** Forgets everything: what was stored has been deleted. */
  clear(): void {
    this.#use(new Map());
  }

  get places(): Places {
    return (this.#places ??= this.#combine());
  }

  /** Does now what the first question for an address would wait for. */
  unpack(): void {
    this.forIngest();
    this.places.placeOf(ANY_ADDRESS);
  }

  /** What an ingest worker needs to tell the same of addresses: places first, networks after. */
  forIngest(): IngestSetup['geo'] {
    const [places, networks] = [this.#own.get('places'), this.#own.get('networks')];
    return [
      places ? { kind: 'mmdb', bytes: places.bytes } : { kind: 'table', bytes: embeddedTable().unpacked },
      ...(networks ? [{ kind: 'mmdb' as const, bytes: networks.bytes }] : []),
    ];
  }

  info(): GeoInfo {
    const own = [...this.#own.values()].map(({ role, file, name, date, kind, bytes, stored }) => ({
      role,
      file,
      name,
      date,
      kind,
      bytes: bytes.length,
      stored,
    }));
    return { ...source, own: own.sort((a, b) => (a.role < b.role ? 1 : -1)) };
  }

  #use(own: Map<GeoRole, Own>): void {
    this.#own = own;
    this.#places = null;
  }

  #combine(): Places {
    const [places, networks] = [this.#own.get('places'), this.#own.get('networks')];
    // The built-in table is opened only when an address is first asked for.
    const countries = places?.database ?? lazy(() => embeddedTable().database);
    const all = networks ? combineGeo(countries, networks.database) : countries;
    const used = [places ?? { ...source, kind: 'country' as const }, ...(networks ? [networks] : [])];
    return {
      placeOf: (address) => all.lookup(address),
      facts: new Set(used.flatMap(({ kind }) => FACTS_OF[kind])),
      key: used.map(({ name, date }) => `${name} ${date}`).join(' + '),
    };
  }
}

function lazy(open: () => GeoDatabase): GeoDatabase {
  return {
    name: source.name,
    date: source.date,
    kind: 'country',
    lookup: (address) => open().lookup(address),
  };
}
