/** Who handed keys to whom: read out of records, as few as will do. */
import { describe, expect, it } from 'vitest';
import type { EntityRef } from '../../src/core/table/entity.ts';
import { TableFields } from '../../src/core/table/fields.ts';
import { handoversOf } from '../../workers/case/handovers.ts';
import type { OpenCase } from '../../workers/case/open-case.ts';
import type { Handovers } from '../../workers/contract.ts';
import { blockOf, tableOf } from '../core/table/support.ts';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 2, 10, 12);
const ACCOUNT = '111122223333';

const alice: EntityRef = { kind: 'principal', value: 'alice', account: ACCOUNT };
const session: EntityRef = { kind: 'principal', value: 'Deploy/build', account: '444455556666' };
const ROLE = 'arn:aws:sts::444455556666:assumed-role/Deploy/build';

/** A call `hours` after noon by the user `userName`. */
function call(eventName: string, hours: number, userName: string, more: object = {}): object {
  return {
    eventName,
    eventSource: 'sts.amazonaws.com',
    eventTime: new Date(NOON + hours * HOUR).toISOString().replace('.000', ''),
    recipientAccountId: ACCOUNT,
    userIdentity: { type: 'IAMUser', userName, accountId: ACCOUNT, accessKeyId: 'AKIAALICE' },
    ...more,
  };
}

function assume(hours: number, key: string, more: object = {}): object {
  const credentials = { accessKeyId: key };
  return call('AssumeRole', hours, 'alice', {
    responseElements: { credentials, assumedRoleUser: { arn: ROLE } },
    ...more,
  });
}

/** A call by the session, with a key. */
function bySession(hours: number, accessKeyId: string): object {
  const userIdentity = { type: 'AssumedRole', arn: ROLE, accountId: '444455556666', accessKeyId };
  return call('ListBuckets', hours, '', { userIdentity });
}

interface Asked {
  handovers: Handovers;
  /** Rows whose records were read. */
  read: number[];
}

/** @param missing rows whose file is not there */
async function ask(
  records: readonly object[],
  entity: EntityRef,
  {
    missing = [],
    goOn = () => true,
    from = null,
  }: { missing?: number[]; goOn?: () => boolean; from?: number | null } = {},
): Promise<Asked> {
  const table = tableOf(
    blockOf(records.map((record, i) => JSON.stringify({ ...record, eventID: `odd-${i}` }))),
  );
  const read: number[] = [];
  const archive = {
    readWhatIsThere(
      spans: { row: number }[],
      visit: (span: { row: number }, json: Uint8Array) => void,
      asked: () => boolean,
    ): Promise<void> {
      for (const span of spans) {
        if (!asked()) break;
        if (missing.includes(span.row)) continue;
        read.push(span.row);
        visit(span, new TextEncoder().encode(JSON.stringify(records[span.row])));
      }
      return Promise.resolve();
    },
  };
  const opened = { table, archive } as unknown as OpenCase;
  const handovers = await handoversOf(
    opened,
    new TableFields(table, []),
    { entity, from, to: null, bars: 0 },
    goOn,
  );
  return { handovers, read };
}

describe('keys handed on', () => {
  it('name whom they went to: a session of another account, a user of one’s own, oneself', async () => {
    const { handovers } = await ask(
      [
        assume(0, 'ASIA1'),
        call('CreateAccessKey', 1, 'alice', {
          responseElements: { accessKey: { accessKeyId: 'AKIABOB', userName: 'bob' } },
        }),
        call('GetSessionToken', 2, 'alice', { responseElements: { credentials: { accessKeyId: 'ASIA2' } } }),
      ],
      alice,
    );
    expect(
      handovers.given.map(({ event, eventName, by, to, key }) => [event, eventName, by, to, key]),
    ).toEqual([
      [2, 'GetSessionToken', alice, alice, 'ASIA2'],
      [1, 'CreateAccessKey', alice, { kind: 'principal', value: 'bob', account: ACCOUNT }, 'AKIABOB'],
      [0, 'AssumeRole', alice, session, 'ASIA1'],
    ]);
    expect(handovers.unread).toBe(0);
  });

  it('are those of calls that succeeded, within the time looked at; records of others are not read', async () => {
    const { handovers, read } = await ask(
      [
        assume(-5, 'ASIAEARLY'),
        assume(0, 'ASIADENIED', { errorCode: 'AccessDenied' }),
        call('ListUsers', 0, 'alice', { responseElements: { credentials: { accessKeyId: 'ASIANONE' } } }),
        call('AssumeRole', 0, 'bob', { responseElements: { credentials: { accessKeyId: 'ASIABOB' } } }),
        assume(1, 'ASIA1'),
      ],
      alice,
      { from: NOON - HOUR },
    );
    expect(handovers.given.map(({ key }) => key)).toEqual(['ASIA1']);
    expect(read).toEqual(expect.arrayContaining([4]));
    expect(read).not.toEqual(expect.arrayContaining([1]));
    expect(read).not.toEqual(expect.arrayContaining([2]));
  });

  it('are told once for each call and receiver, the newest', async () => {
    const { handovers } = await ask([assume(0, 'ASIA1'), assume(2, 'ASIA3'), assume(1, 'ASIA2')], alice);
    expect(handovers.given.map(({ event, key }) => [event, key])).toEqual([[1, 'ASIA3']]);
  });
});

describe('where keys came from', () => {
  it('is the call that handed out a key which is used, and no other', async () => {
    const { handovers } = await ask(
      [assume(0, 'ASIA1'), assume(1, 'ASIAOTHER'), bySession(2, 'ASIA1')],
      session,
    );
    expect(handovers.received).toMatchObject([{ event: 0, by: alice, to: session, key: 'ASIA1' }]);
    expect(handovers.given).toEqual([]);
    const ofKey = await ask([assume(0, 'ASIA1'), bySession(2, 'ASIA1')], { kind: 'key', value: 'ASIA1' });
    expect(ofKey.handovers.received).toMatchObject([{ event: 0 }]);
  });

  it('is not looked for longer ago than a session lasts, nor after its last call', async () => {
    const { read } = await ask([assume(-37, 'ASIA0'), assume(-35, 'ASIA1'), assume(3, 'ASIA1'), bySession(0, 'ASIA1')], session); // prettier-ignore
    expect(read).toEqual([1]);
    const lasting = [assume(-3700, 'AKIALASTS'), bySession(0, 'AKIALASTS')];
    expect((await ask(lasting, session)).read).toEqual([0]);
  });

  it('is nowhere for an address: it has no keys of its own', async () => {
    const { handovers } = await ask(
      [assume(0, 'ASIA1', { sourceIPAddress: '203.0.113.9' }), bySession(1, 'ASIA1')],
      { kind: 'address', value: '203.0.113.9' },
    );
    expect(handovers.received).toEqual([]);
    expect(handovers.given).toHaveLength(1);
  });
});

describe('what is not read', () => {
  it('is counted: more calls than are read, and files that are not there', async () => {
    const from = { sourceIPAddress: '203.0.113.9' };
    const many = Array.from({ length: 305 }, (_, i) => assume(i / 100, `ASIA${i}`, from));
    const { handovers, read } = await ask(
      many,
      { kind: 'address', value: '203.0.113.9' },
      { missing: [304] },
    );
    expect(read).toHaveLength(299);
    expect(Math.min(...read)).toBe(5);
    expect(handovers.unread).toBe(5 + 1);
    expect(handovers.given.map(({ key }) => key)).toEqual(['ASIA303']);
  });

  it('is left when nobody waits for it any more', async () => {
    const { read } = await ask([assume(0, 'ASIA1')], alice, { goOn: () => false });
    expect(read).toEqual([]);
  });
});
