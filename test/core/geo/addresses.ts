/** Addresses for tests: random ones, and a slow, obvious oracle for prefixes. */
import fc from 'fast-check';
import { parseAddress, type Address } from '../../../src/core/geo/index.ts';

/** Text of an address, plain: no `::`. */
export function textOf({ version, words }: Address): string {
  if (version === 4) return [24, 16, 8, 0].map((shift) => (words[0]! >>> shift) & 0xff).join('.');
  return words.flatMap((word) => [(word >>> 16).toString(16), (word & 0xffff).toString(16)]).join(':');
}

export function numberOf({ words }: Address): bigint {
  return words.reduce((sum, word) => (sum << 32n) | BigInt(word), 0n);
}

export function addressOf(number: bigint, version: 4 | 6): Address {
  const count = version === 4 ? 1 : 4;
  const words = Array.from({ length: count }, (_, i) =>
    Number((number >> BigInt(32 * (count - 1 - i))) & 0xffff_ffffn),
  );
  return { version, words };
}

/** First and last address of a prefix. */
export function span(cidr: string): { version: 4 | 6; first: bigint; last: bigint } {
  const [text, length] = cidr.split('/');
  const address = parseAddress(text!)!;
  const free = BigInt((address.version === 4 ? 32 : 128) - Number(length));
  const first = (numberOf(address) >> free) << free;
  return { version: address.version, first, last: first + (1n << free) - 1n };
}

/** What the last of the prefixes that hold `address` says. */
export function lookUp<T>(
  entries: readonly (readonly [cidr: string, value: T])[],
  address: Address,
): T | undefined {
  const number = numberOf(address);
  return entries.findLast(([cidr]) => {
    const { version, first, last } = span(cidr);
    return version === address.version && first <= number && number <= last;
  })?.[1];
}

/** Prefixes crowded into little space, so that they touch and hold each other; all of it public. */
export const crowdedCidr = fc.oneof(
  fc.constantFrom('0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1', '200.0.0.0/8', '2000::/3'),
  fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 12, max: 32 }))
    .map(([a, b, bits]) => canonical(`20.${b}.${a}.${a}/${bits}`)),
  fc
    .tuple(fc.integer({ min: 0, max: 0xffff }), fc.boolean(), fc.integer({ min: 18, max: 128 }))
    .map(([a, low, bits]) =>
      canonical(`2600:${(a & 3).toString(16)}::${low ? a.toString(16) : '0'}:0:${a.toString(16)}/${bits}`),
    ),
);

/** The same prefix with the bits that do not count at zero. */
function canonical(cidr: string): string {
  const { version, first } = span(cidr);
  return `${textOf(addressOf(first, version))}/${cidr.split('/')[1]!}`;
}

/** The addresses where answers may change, for some prefixes: their ends and one step beyond. */
export function borders(cidrs: readonly string[]): Address[] {
  return cidrs.flatMap((cidr) => {
    const { version, first, last } = span(cidr);
    return [first - 1n, first, last, last + 1n].map((number) => addressOf(number, version));
  });
}
