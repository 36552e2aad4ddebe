/**
 * Who acts and from where: the principals, addresses and access keys of a case, each of which has a page of
 * its own.
 */
import type { FieldName } from './fields.ts';

export const ENTITY_KINDS = ['principal', 'address', 'key'] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** A principal (by the name that `principalOf` gives it), an address, or an access key. */
export interface EntityRef {
  kind: EntityKind;
  /** Never empty. */
  value: string;
}

/** The field whose value names an entity. */
export const ENTITY_FIELD = {
  principal: 'principal',
  address: 'sourceIp',
  key: 'accessKeyId',
} as const satisfies Record<EntityKind, FieldName>;

/** @returns the kind of entity that the values of a field name, or null when they name none */
export function entityKindOf(field: string): EntityKind | null {
  return ENTITY_KINDS.find((kind) => ENTITY_FIELD[kind] === field) ?? null;
}
