/** What a database of addresses is, whatever it is made of. */

/** What is known of the network an address belongs to. */
export interface GeoPlace {
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country_code?: string;
  /** In English. */
  readonly country_name?: string;
  /** In English. */
  readonly city_name?: string;
  /** Number of the autonomous system that announces the network. */
  readonly asn?: number;
  /** Organisation that runs it. */
  readonly as_org?: string;
}

/** What a database can tell of an address: keys of GeoPlace. */
export type GeoFact = keyof GeoPlace;

/** What databases of each kind tell. */
export const FACTS_OF: Readonly<Record<GeoDatabase['kind'], readonly GeoFact[]>> = {
  country: ['country_code', 'country_name'],
  city: ['country_code', 'country_name', 'city_name'],
  asn: ['asn', 'as_org'],
};

export interface GeoDatabase {
  readonly name: string;
  /** When it was built, `YYYY-MM-DD`; '' when it does not say. */
  readonly date: string;
  readonly kind: 'country' | 'city' | 'asn';
  /**
   * Looks up the text of a `sourceIPAddress`. The answer for one network is always the same object.
   *
   * @returns null when it holds no public address, or the database does not know it
   * @throws GeoError when the database turns out to be damaged there
   */
  lookup(source: string): GeoPlace | null;
}

/** A database that cannot be used, with a sentence for the person who gave it. */
export class GeoError extends Error {
  override readonly name = 'GeoError';
}

/**
 * One database of two: places from `country`, networks (`asn`, `as_org`) from `asn` and, where that one
 * does not know an address, from `country`.
 */
export function combineGeo(country: GeoDatabase, asn: GeoDatabase): GeoDatabase {
  const known = new Map<GeoPlace | null, Map<GeoPlace, GeoPlace>>();
  return {
    name: `${country.name} + ${asn.name}`,
    // ISO dates sort as text; the whole is as old as its older part.
    date: country.date < asn.date ? country.date : asn.date,
    kind: country.kind,
    lookup(source) {
      const place = country.lookup(source);
      const network = asn.lookup(source);
      if (network === null) return place;
      let byNetwork = known.get(place);
      if (byNetwork === undefined) known.set(place, (byNetwork = new Map()));
      let both = byNetwork.get(network);
      if (both === undefined) byNetwork.set(network, (both = merge(place, network)));
      return both;
    },
  };
}

/** The same database, which knows nothing of an address that turns out to lead to damage. */
export function tolerant(database: GeoDatabase): GeoDatabase {
  return {
    ...database,
    lookup(source) {
      try {
        return database.lookup(source);
      } catch (error) {
        if (error instanceof GeoError) return null;
        throw error;
      }
    },
  };
}

function merge(place: GeoPlace | null, network: GeoPlace): GeoPlace {
  return {
    ...place,
    ...(network.asn === undefined ? {} : { asn: network.asn }),
    ...(network.as_org === undefined ? {} : { as_org: network.as_org }),
  };
}
