/** Identifiers in the forms that AWS gives them. */
import type { Random } from './random.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** An access key id of `account`: AKIA for keys of users, ASIA for temporary ones. 20 characters. */
export function keyId(prefix: 'AKIA' | 'ASIA', account: string, random: Random): string {
  return prefix + accountDigits(account, random) + random.letters(6, BASE32);
}

/** The unique id of a user (AIDA) or a role (AROA) of `account`. 21 characters. */
export function principalId(prefix: 'AIDA' | 'AROA', account: string, random: Random): string {
  return prefix + accountDigits(account, random) + random.letters(7, BASE32);
}

/**
 * The ten base-32 digits in which ids issued since about 2019 carry their account: of 48 bits the first is set, 40 are
 * the account's number, 7 are something else; two more fill the last digit. So the keys of the sample lead to its
 * accounts, as real ones do.
 */
function accountDigits(account: string, random: Random): string {
  let bits = (2 ** 47 + Number(account) * 2 ** 7 + random.below(2 ** 7)) * 4 + random.below(4);
  let digits = '';
  for (let i = 0; i < 10; i++) {
    digits = BASE32[bits % 32]! + digits;
    bits = Math.floor(bits / 32);
  }
  return digits;
}

/** The unique part of a log file's name. */
export function fileTag(random: Random): string {
  return random.letters(16, ALPHANUMERIC);
}

/** A request id of S3. */
export function s3RequestId(random: Random): string {
  return random.letters(16, 'ABCDEFGHJKMNPQRSTVWXYZ0123456789');
}

/** The extended request id of S3 (base64). */
export function s3ExtendedId(random: Random): string {
  return `${random.letters(75, `${ALPHANUMERIC}+/`)}=`;
}

/** The id of an EC2 resource: `sg-0` and 16 hex digits. */
export function ec2Id(kind: string, random: Random): string {
  return `${kind}-0${random.hex(16)}`;
}
