/** IP addresses and networks, for `sourceIPAddress.keyword:"10.0.0.0/8"`. */

export interface Address {
  /** 32 or 128. */
  readonly bits: number;
  readonly number: bigint;
}

/** The addresses from `first` to `last`, of one family. */
export interface AddressRange {
  readonly bits: number;
  readonly first: bigint;
  readonly last: bigint;
}

/** Parses an IPv4 address in dotted decimal or an IPv6 address (RFC 4291 §2.2); null when it is neither. */
export function parseAddress(text: string): Address | null {
  return text.includes(':') ? parseV6(text) : parseV4(text);
}

function parseV4(text: string): Address | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (parts === null) return null;
  let number = 0;
  for (const part of parts.slice(1)) {
    if (Number(part) > 255 || (part.length > 1 && part.startsWith('0'))) return null;
    number = number * 256 + Number(part);
  }
  return { bits: 32, number: BigInt(number) };
}

function parseV6(text: string): Address | null {
  if (text.length > 45) return null;
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  let hex = text;
  if (dotted !== null) {
    const tail = parseV4(dotted[2]!);
    if (tail === null) return null;
    hex = `${dotted[1]!}${(tail.number >> 16n).toString(16)}:${(tail.number & 0xffffn).toString(16)}`;
  }
  const halves = hex.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head!.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [
    ...head!,
    ...Array.from({ length: tail === undefined ? 0 : missing }, () => '0'),
    ...(tail ?? []),
  ];
  let number = 0n;
  for (const group of groups) {
    if (!/^[0-9A-Fa-f]{1,4}$/.test(group)) return null;
    number = (number << 16n) | BigInt(Number.parseInt(group, 16));
  }
  return { bits: 128, number };
}

/** The addresses of a network in CIDR notation (RFC 4632); null when `text` is none. */
export function parseNetwork(text: string): AddressRange | null {
  const parts = /^([0-9A-Fa-f.:]+)\/(\d{1,3})$/.exec(text);
  if (parts === null) return null;
  const address = parseAddress(parts[1]!);
  const prefix = Number(parts[2]);
  if (address === null || prefix > address.bits) return null;
  const host = (1n << BigInt(address.bits - prefix)) - 1n;
  return { bits: address.bits, first: address.number & ~host, last: address.number | host };
}

/** Whether `text` is an address within `range`. */
export function isWithin(text: string, range: AddressRange): boolean {
  const address = parseAddress(text);
  return address?.bits === range.bits && address.number >= range.first && address.number <= range.last;
}
