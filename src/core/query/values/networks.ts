/** Networks and ranges of addresses, for `sourceIPAddress.keyword:"10.0.0.0/8"`. */
import { parseAddress, type Address } from '../../geo/index.ts';

/** The addresses from `first` to `last`, both of one version. */
export interface AddressRange {
  readonly first: Address;
  readonly last: Address;
  readonly includeFirst: boolean;
  readonly includeLast: boolean;
}

/** The addresses of a network in CIDR notation (RFC 4632); null when `text` is none. */
export function parseNetwork(text: string): AddressRange | null {
  const parts = /^([0-9A-Fa-f.:]+)\/(\d{1,3})$/.exec(text);
  const address = parts === null ? null : parseAddress(parts[1]!);
  if (address === null) return null;
  const { version, words } = address;
  const bits = Number(parts![2]);
  if (bits > words.length * 32) return null;
  const hosts = words.map((_, index) => hostMask(bits - index * 32));
  return {
    first: { version, words: words.map((word, index) => (word & ~hosts[index]!) >>> 0) },
    last: { version, words: words.map((word, index) => (word | hosts[index]!) >>> 0) },
    includeFirst: true,
    includeLast: true,
  };
}

/** The bits of a word that are not among its first `bits`. */
function hostMask(bits: number): number {
  if (bits >= 32) return 0;
  return bits <= 0 ? 0xffff_ffff : 0xffff_ffff >>> bits;
}

export function isWithin(address: Address, range: AddressRange): boolean {
  if (address.version !== range.first.version) return false;
  const fromFirst = compare(address, range.first);
  const toLast = compare(address, range.last);
  return (
    (fromFirst > 0 || (fromFirst === 0 && range.includeFirst)) &&
    (toLast < 0 || (toLast === 0 && range.includeLast))
  );
}

function compare(a: Address, b: Address): number {
  const index = a.words.findIndex((word, position) => word !== b.words[position]);
  return index < 0 ? 0 : a.words[index]! - b.words[index]!;
}
