/** The background: which windows of the three days there are in the sample, and who makes noise in each. */
import type { Region } from '../actor.ts';
import { HOUR, march, MINUTE } from '../clock.ts';
import { MANAGEMENT, PRODUCTION } from '../company.ts';
import type { Entry, Trail } from '../trail.ts';
import { people } from './people.ts';
import { actions, jenkins, terraformPlan } from './pipelines.ts';
import { advisors, autoscaling, backup, cloudTrail, config, logDelivery, serviceEvents } from './services.ts';
import { NoiseWindow, WINDOW, type Source } from './window.ts';
import { dashboards, monitoring, nodes, orders, storefront } from './workloads.ts';

/** Who is heard in the main region of production, in the others, and in the management account. */
const MAIN: readonly Source[] = [
  cloudTrail,
  logDelivery,
  config,
  autoscaling,
  advisors,
  backup,
  serviceEvents,
  storefront,
  orders,
  nodes,
  dashboards,
  monitoring,
  jenkins,
  actions,
  terraformPlan,
  people,
];
const BRANCH: readonly Source[] = [cloudTrail, config, autoscaling, backup, storefront, orders, nodes];
const QUIET: readonly Source[] = [cloudTrail, serviceEvents];

/** Windows without a story, so that the story does not stand out by being there at all. */
const REGULAR: readonly { account: string; region: Region; from: number; every: number; count: number }[] = [
  { account: PRODUCTION, region: 'us-east-1', from: march(16, '06:00'), every: 110 * MINUTE, count: 28 },
  { account: PRODUCTION, region: 'us-west-2', from: march(16, '06:20'), every: 4 * HOUR, count: 13 },
  { account: PRODUCTION, region: 'ap-south-1', from: march(16, '04:40'), every: 4 * HOUR, count: 13 },
  { account: MANAGEMENT, region: 'us-east-1', from: march(16, '05:30'), every: 5 * HOUR, count: 10 },
];

/** Adds noise to the regular windows, and to every window in which something of the story happens. */
export function addNoise(trail: Trail, story: readonly Entry[]): void {
  const windows = new Map<string, NoiseWindow>();
  const add = (account: string, region: Region, at: number): void => {
    const start = Math.floor(at / WINDOW) * WINDOW;
    const key = `${account} ${region} ${start}`;
    if (!windows.has(key)) windows.set(key, new NoiseWindow(trail, account, region, start));
  };
  for (const { account, region, at } of story) add(account, region, at);
  for (const { account, region, from, every, count } of REGULAR) {
    for (let i = 0; i < count; i++) add(account, region, from + i * every);
  }
  for (const window of windows.values()) {
    for (const source of sourcesOf(window)) source(window);
  }
}

function sourcesOf(window: NoiseWindow): readonly Source[] {
  if (window.account === MANAGEMENT) return QUIET;
  return window.region === 'us-east-1' ? MAIN : BRANCH;
}
