/** What the events of a list call: operations of services. */
import { codedField, type CodedField, type Counted } from './parts.ts';
import type { Tallies } from './tallies.ts';
import { pairCodes, type PairCodes } from './tally.ts';

/** What was called: one operation of a service. */
export interface CallCount extends Counted {
  eventName: string;
}

/** Operations of services, as pairs of codes. */
export interface Operations extends PairCodes {
  service: CodedField;
  name: CodedField;
}

export function operationsOf({ fields, list }: Tallies): Operations {
  const service = codedField(fields, 'eventSource');
  const name = codedField(fields, 'eventName');
  const pairs = pairCodes(
    { codes: list.codesOf(service.codes), size: service.size },
    { codes: list.codesOf(name.codes), size: name.size },
  );
  return { service, name, ...pairs };
}

/** A value that only records can tell has no word. */
export function wordOf(field: CodedField, code: number): string {
  return field.value(code) ?? '';
}
