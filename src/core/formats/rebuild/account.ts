/** An account number after a spreadsheet took it for a quantity: `1.23837E+11`, also with a decimal comma. */
const DAMAGED = /^\d(?:[.,]\d+)?E\+11$/i;

const ARN_ACCOUNT = /arn:aws[\w-]*:[\w-]*:[\w-]*:(\d{12}):/g;

export function isDamagedAccount(text: string): boolean {
  return DAMAGED.test(text);
}

/** Account numbers that stand in ARNs of a text, each once. */
export function accountsInArns(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(ARN_ACCOUNT), (match) => match[1]!))];
}

/**
 * The account whose number a spreadsheet cut to a few digits: the only candidate that begins with these digits.
 *
 * @param candidates account numbers from ARNs and access keys nearby
 * @returns null when none or several fit
 */
export function repairAccount(damaged: string, candidates: readonly string[]): string | null {
  const value = Number(damaged.replace(',', '.'));
  const digits = /^\d(?:[.,](\d+))?/.exec(damaged)?.[1]?.length ?? 0;
  const unit = 10 ** (11 - digits);
  const fitting = new Set(candidates.filter((account) => Math.abs(Number(account) - value) <= unit / 2));
  return fitting.size === 1 ? [...fitting][0]! : null;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The account that an access key ID or principal ID (AKIA, ASIA, AIDA, AROA...) was issued in: 40 bits of its base32
 * part. Only IDs of about 2019 and later hold it; their first bit is set. Found by Tal Be'ery ("A short note on AWS
 * key ID") and checked here on keys of known accounts.
 *
 * @returns 12 digits, or null for older IDs and other texts
 */
export function accountOfKey(id: string): string | null {
  if (!/^A[A-Z]{3}[A-Z2-7]{12,}$/.test(id)) return null;
  let bits = 0n;
  for (const char of id.slice(4, 14)) bits = (bits << 5n) | BigInt(BASE32.indexOf(char));
  // Ten characters are 50 bits; the first 48 are the six bytes in question.
  const number = bits >> 2n;
  if (number >> 47n === 0n) return null;
  return ((number & 0x7fffffffff80n) >> 7n).toString().padStart(12, '0');
}
