/** The page of a principal, an address or an access key. */
import type { TableFields } from '../../src/core/table/fields.ts';
import { profileOf } from '../../src/core/table/profile.ts';
import type { EntityAnswer, EntitySpec } from '../contract.ts';

export function entityAnswer(fields: TableFields, revision: number, spec: EntitySpec): EntityAnswer {
  const started = performance.now();
  const profile = profileOf(fields, spec.entity, spec, spec.bars);
  return { ...profile, revision, took: performance.now() - started };
}
