/** The pages of principals, addresses and access keys. */
import type { EntityRef } from '../../src/core/table/entity.ts';
import type { EntityProfile } from '../../src/core/table/profile.ts';

export interface EntitySpec {
  entity: EntityRef;
  /** Time range, inclusive at both ends, ms; null = no bound. Undated events are out as soon as one is set. */
  from: number | null;
  to: number | null;
  /** Number of bars of its chart wanted at most. */
  bars: number;
}

export interface EntityAnswer extends EntityProfile {
  /** State of the case that it is of. */
  revision: number;
  /** Milliseconds that the case worker took. */
  took: number;
}

/** A call that handed out a key. */
export interface Handover {
  event: number;
  time: number;
  eventName: string;
  /** Principal who called, and who got the key. */
  by: EntityRef;
  to: EntityRef;
  key: string;
}

/** Which keys an entity handed on, and where its own came from; newest first, the newest of each kind. */
export interface Handovers {
  given: Handover[];
  received: Handover[];
  /** Calls that may tell of more and were not read: there were too many, or their file is not at hand any more. */
  unread: number;
}
