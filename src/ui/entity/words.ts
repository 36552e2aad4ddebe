/** What the parts of a page are called, and what a key or an address tells by its looks. */
import { isPrivate, parseAddress } from '../../core/geo/index.ts';
import type { EntityKind, EntityRef } from '../../core/table/entity.ts';
import type { Part, PartField } from '../../core/table/parts.ts';
import { sum, type Tally } from '../../core/table/tally.ts';
import { visible } from '../parts/visible.ts';

export const KIND_NAMES: Record<EntityKind, string> = {
  principal: 'Principal',
  address: 'Address',
  key: 'Access key',
};

/** The pages of events whose record names nobody, no address, no key. */
const NOBODY: Record<EntityKind, { title: string; nature: string }> = {
  principal: { title: 'Events of nobody named', nature: 'AWS wrote no identity into these records' },
  address: { title: 'Events without a source address', nature: 'the records name none' },
  key: {
    title: 'Events without an access key',
    nature: 'sign-ins, AWS services and callers without credentials use none',
  },
};

/** @returns how the account of an identity is told of; null = one that no filter can name */
export function accountWords(account: string | null): string {
  if (account === null) return 'of an account that no filter can name';
  return account === '' ? 'of no account' : `of account ${visible(account)}`;
}

/** Heading of a breakdown, and the name of one value where it is a fact about all events. */
export const PART_NAMES: Record<PartField, readonly [many: string, one: string]> = {
  principal: ['Principals', 'Principal'],
  principalType: ['Principal types', 'Type'],
  arn: ['Identities behind the name', 'ARN'],
  role: ['Roles of the sessions', 'Role'],
  mfa: ['Sessions with MFA', 'Session with MFA'],
  through: ['Called through', 'Called through'],
  sourceIp: ['Addresses', 'Address'],
  country: ['Countries', 'Country'],
  userAgent: ['User agents', 'User agent'],
  accessKeyId: ['Access keys', 'Access key'],
  account: ['Accounts acted in', 'Acted in account'],
  region: ['Regions', 'Region'],
  errorCode: ['Error codes', 'Error code'],
};

/** Breakdowns whose values come and go: when each was seen is worth a column. */
export const DATED: ReadonlySet<PartField> = new Set([
  'principal',
  'arn',
  'role',
  'sourceIp',
  'country',
  'accessKeyId',
]);

/** Breakdowns that are a fact rather than a table where all events share one value. */
const FACTS: ReadonlySet<PartField> = new Set([
  'country',
  'principalType',
  'arn',
  'role',
  'mfa',
  'through',
  'account',
  'region',
]);

/** @returns the value that every event has, where that is worth saying in a word; else null */
export function factOf(part: Part, all: Tally): string | null {
  const [only] = part.values;
  if (!FACTS.has(part.field) || part.distinct !== 1 || part.unclear > 0 || only === undefined) return null;
  return only.value !== '' && sum(only.tally) === sum(all) ? only.value : null;
}

/** @returns the heading of a page's window and of its way back: `Principal Admin/alice` */
export function titleOf({ kind, value }: EntityRef): string {
  if (value === '') return NOBODY[kind].title;
  return `${KIND_NAMES[kind]} ${visible(value)}`;
}

/**
 * What an entity is by its looks; '' when they tell nothing.
 * Prefixes of keys: IAM user guide, "IAM identifiers", table "Understanding unique ID prefixes".
 */
export function natureOf({ kind, value }: EntityRef): string {
  if (value === '') return NOBODY[kind].nature;
  if (kind === 'key') {
    if (value.startsWith('AKIA')) return 'long-term key of a user';
    return value.startsWith('ASIA') ? 'temporary key of a session' : '';
  }
  if (kind === 'principal') return value.endsWith('.amazonaws.com') ? 'an AWS service, acting by itself' : '';
  const address = parseAddress(value);
  if (address !== null) return isPrivate(address) ? 'private address: a VPC, or a network of its own' : '';
  return 'not an address of a network: an AWS service made these calls';
}

/** `ec2` of `ec2.amazonaws.com`. */
export function serviceName(service: string): string {
  return service === '' ? '' : visible(service.replace(/\.amazonaws\.com$/, ''));
}
