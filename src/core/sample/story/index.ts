/** The story: what happened at Fernlight from Monday 16 to Wednesday 18 March 2026, act by act. */
import type { Trail } from '../trail.ts';
import { blinding } from './blinding.ts';
import { consoleSession } from './console.ts';
import { dataTaken } from './data.ts';
import { errands } from './errands.ts';
import { impact } from './impact.ts';
import { leakedKey } from './leak.ts';
import { lookalikes } from './lookalikes.ts';
import { network } from './network.ts';
import { organization } from './organization.ts';
import { privileges } from './privilege.ts';
import { recovery } from './recovery.ts';
import { response } from './response.ts';
import { rootSession } from './root.ts';

/** Logs all acts. */
export function tellStory(trail: Trail): void {
  errands(trail);
  lookalikes(trail);
  leakedKey(trail);
  privileges(trail);
  consoleSession(trail);
  blinding(trail);
  network(trail);
  dataTaken(trail);
  organization(trail);
  rootSession(trail);
  impact(trail);
  response(trail);
  recovery(trail);
}

export { CHAIN } from './organization.ts';
