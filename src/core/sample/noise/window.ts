/** A five-minute window of one account and region: what CloudTrail delivers as one log file. */
import type { Region } from '../actor.ts';
import { MINUTE } from '../clock.ts';
import { Random } from '../random.ts';
import type { Call, Trail } from '../trail.ts';

/** Length of a window in ms. */
export const WINDOW = 5 * MINUTE;

/** The background noise of one window: knows when and where, and brings its own chance. */
export class NoiseWindow {
  readonly random: Random;
  readonly account: string;
  readonly region: Region;
  /** ms. */
  readonly start: number;
  readonly #trail: Trail;

  constructor(trail: Trail, account: string, region: Region, start: number) {
    this.#trail = trail;
    this.account = account;
    this.region = region;
    this.start = start;
    this.random = new Random(`noise ${account} ${region} ${start}`);
  }

  /** A second of the window, with room for `room` more after it. */
  moment(room = 1): number {
    return this.start + this.random.below(WINDOW / 1000 - room) * 1000;
  }

  /** Logs a call in this window's region. */
  log(call: Omit<Call, 'region'>): void {
    this.#trail.log({ ...call, region: this.region });
  }
}

/** Someone or something that makes noise in a window. */
export type Source = (window: NoiseWindow) => void;
