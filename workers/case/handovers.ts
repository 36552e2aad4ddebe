/** Which keys an entity handed on, and where its own came from: read out of a bounded number of records. */
import { keysHandedOut } from '../../src/core/record/identity-chain.ts';
import { principalOf } from '../../src/core/record/identity.ts';
import { valuesAt } from '../../src/core/record/values-at.ts';
import { identityAccount, type EntityRef } from '../../src/core/table/entity.ts';
import type { TableFields } from '../../src/core/table/fields.ts';
import { handoverRows } from '../../src/core/table/handovers.ts';
import type { EntitySpec, Handover, Handovers } from '../contract.ts';
import type { OpenCase } from './open-case.ts';

/** Records read for each of the two lists at most. */
const MOST_READ = 300;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** @param goOn asked between files; false gives up what is not read yet */
export async function handoversOf(
  opened: OpenCase,
  fields: TableFields,
  spec: EntitySpec,
  goOn: () => boolean,
): Promise<Handovers> {
  const { given, received, keys } = handoverRows(fields, spec.entity, spec);
  let unread = given.length + received.length;
  const read = async (rows: Uint32Array): Promise<Handover[]> => {
    const found: Handover[] = [];
    const spans = Array.from(rows.subarray(0, MOST_READ), (row) => ({ row, ...opened.table.spanOf(row) }));
    await opened.archive.readWhatIsThere(
      spans,
      ({ row }, json) => {
        unread--;
        found.push(...handoversIn(fields, row, JSON.parse(decoder.decode(json))));
      },
      goOn,
    );
    return found.sort((a, b) => (b.time || 0) - (a.time || 0));
  };
  const handedOn = await read(given);
  const gotten = (await read(received)).filter(({ key }) => keys.has(key));
  return {
    given: distinct(handedOn, ({ eventName, to }) => JSON.stringify([eventName, to])),
    received: distinct(gotten, ({ eventName, by }) => JSON.stringify([eventName, by])),
    unread,
  };
}

function handoversIn(fields: TableFields, row: number, record: unknown): Handover[] {
  const text = (path: string): string => String(valuesAt(record, path)[0] ?? '');
  const arn = text('responseElements.assumedRoleUser.arn') || text('responseElements.federatedUser.arn');
  const principal = fields.field('principal');
  const by = principalRef(principal.value(principal.codes[row]!), identityAccount(fields, row));
  const none = { userName: '', principalId: '', accountId: '', invokedBy: '', sessionIssuerArn: '', sessionIssuerUserName: '' }; // prettier-ignore
  const user = text('responseElements.accessKey.userName');
  let to = by;
  if (arn !== '') {
    const type = arn.includes(':federated-user/') ? 'FederatedUser' : 'AssumedRole';
    // arn:partition:service:region:account:resource
    to = principalRef(principalOf({ ...none, arn, type }).name, arn.split(':')[4] || null);
  } else if (user !== '') to = principalRef(user, text('recipientAccountId') || null);
  return keysHandedOut(record).map(({ value }) => ({
    event: row,
    time: fields.table.time[row]!,
    eventName: text('eventName'),
    by,
    to,
    key: value,
  }));
}

function principalRef(value: string, account: string | null): EntityRef {
  return { kind: 'principal', value, ...(account === null ? {} : { account }) };
}

/** The newest of each. */
function distinct(all: readonly Handover[], keyOf: (one: Handover) => string): Handover[] {
  const newest = new Map<string, Handover>();
  for (const one of all) if (!newest.has(keyOf(one))) newest.set(keyOf(one), one);
  return [...newest.values()];
}
