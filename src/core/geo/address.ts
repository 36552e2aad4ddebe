/**
 * IP addresses as CloudTrail writes them: the text of `sourceIPAddress` to the address to look up.
 */

/** An address as unsigned 32-bit words, most significant first: one for IPv4, four for IPv6. */
export interface Address {
  readonly version: 4 | 6;
  readonly words: readonly number[];
}

const OCTET = /^(?:0|[1-9]\d{0,2})$/;
const GROUP = /^[0-9a-f]{1,4}$/i;

function parseIpv4(text: string): number | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let word = 0;
  for (const part of parts) {
    if (!OCTET.test(part) || Number(part) > 255) return null;
    word = word * 256 + Number(part);
  }
  return word;
}

/** The 16-bit groups of one side of a `::`; an IPv4 tail counts as two. Null when malformed. */
function parseGroups(text: string, mayEndInIpv4: boolean): number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (GROUP.test(part)) {
      groups.push(parseInt(part, 16));
      continue;
    }
    const tail = mayEndInIpv4 && index === parts.length - 1 ? parseIpv4(part) : null;
    if (tail === null) return null;
    groups.push(Math.floor(tail / 0x10000), tail % 0x10000);
  }
  return groups;
}

function parseIpv6(text: string): number[] | null {
  const sides = text.split('::');
  if (sides.length > 2) return null;
  const head = parseGroups(sides[0]!, sides.length === 1);
  const tail = sides.length === 2 ? parseGroups(sides[1]!, true) : [];
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  // RFC 4291 2.2: "::" stands for one or more groups of zeros.
  if (sides.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...new Array<number>(missing).fill(0), ...tail];
  return [0, 2, 4, 6].map((i) => groups[i]! * 0x10000 + groups[i + 1]!);
}

/**
 * Reads one address, strictly: dotted decimal without leading zeros (RFC 6943 3.1.1 tells why), IPv6 text
 * as in RFC 4291 2.2; no port, no brackets, no zone, no spaces. IPv4-mapped IPv6 (`::ffff:192.0.2.1`,
 * RFC 4291 2.5.5.2) is the IPv4 address it carries.
 *
 * @returns null when `text` is no address
 */
export function parseAddress(text: string): Address | null {
  if (!text.includes(':')) {
    const word = parseIpv4(text);
    return word === null ? null : { version: 4, words: [word] };
  }
  const words = parseIpv6(text);
  if (words === null) return null;
  if (words[0] === 0 && words[1] === 0 && words[2] === 0xffff) return { version: 4, words: [words[3]!] };
  return { version: 6, words };
}

interface Prefix extends Address {
  readonly bits: number;
}

function prefix(text: string): Prefix {
  const [address, bits] = text.split('/');
  return { ...parseAddress(address!)!, bits: Number(bits) };
}

/** Not globally reachable: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890); and multicast. */
const PRIVATE: readonly Prefix[] = [
  '0.0.0.0/8', // "this network", RFC 791
  '10.0.0.0/8', // private use, RFC 1918
  '100.64.0.0/10', // carrier-grade NAT, RFC 6598
  '127.0.0.0/8', // loopback, RFC 1122
  '169.254.0.0/16', // link-local, RFC 3927
  '172.16.0.0/12', // private use, RFC 1918
  '192.0.0.0/24', // protocol assignments, RFC 6890
  '192.0.2.0/24', // documentation, RFC 5737
  '192.168.0.0/16', // private use, RFC 1918
  '198.18.0.0/15', // benchmarking, RFC 2544
  '198.51.100.0/24', // documentation, RFC 5737
  '203.0.113.0/24', // documentation, RFC 5737
  '224.0.0.0/4', // multicast, RFC 5771
  '240.0.0.0/4', // reserved, RFC 1112, with the limited broadcast address
  '2001:2::/48', // benchmarking, RFC 5180
  '2001:10::/28', // ORCHID, RFC 4843
  '2001:db8::/32', // documentation, RFC 3849
  '3fff::/20', // documentation, RFC 9637
].map(prefix);

/**
 * The only space of IPv6 that is handed out as global unicast (IANA IPv6 Address Space): loopback,
 * link-local (fe80::/10), unique local (fc00::/7, RFC 4193) and multicast (ff00::/8) lie outside.
 */
const GLOBAL_UNICAST_IPV6 = prefix('2000::/3');

function within(address: Address, { version, words, bits }: Prefix): boolean {
  if (address.version !== version) return false;
  for (let word = 0; word * 32 < bits; word++) {
    const mask = -1 << Math.max(0, 32 - (bits - word * 32));
    if (((address.words[word]! ^ words[word]!) & mask) !== 0) return false;
  }
  return true;
}

/** Whether the address says nothing of a place: private, shared, link-local, documentation, reserved, multicast. */
export function isPrivate(address: Address): boolean {
  if (address.version === 6 && !within(address, GLOBAL_UNICAST_IPV6)) return true;
  return PRIVATE.some((prefix) => within(address, prefix));
}

/**
 * The address to place, from the text of `sourceIPAddress`: the first public one where there is a list
 * (`81.2.69.142, 192.168.10.10`, as a chain of proxies leaves it).
 *
 * @returns null for private addresses, service names, `AWS Internal`, masked addresses and ''
 */
export function publicAddress(source: string): Address | null {
  for (const part of source.split(',')) {
    const address = parseAddress(part.trim());
    if (address !== null && !isPrivate(address)) return address;
  }
  return null;
}
