/**
 * The built page, open in a real browser: `openPage({ browser, scheme })`. What is left open when a test file
 * ends is closed.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, inject } from 'vitest';
import { startChromium } from './chromium.ts';
import type { Download, Driver, Role } from './driver.ts';
import { startFirefox } from './firefox.ts';
import { serve, type StaticServer } from './serve.ts';

export interface PageOptions {
  browser: 'chromium' | 'firefox';
  scheme: 'http' | 'file';
  theme?: 'light' | 'dark';
  width?: number;
  height?: number;
  /** The browser's profile (see `newProfile`); without one the browser forgets all when it is closed. */
  profile?: string;
  /** What stands after `#` in the address. */
  hash?: string;
}

/** All four ways in which the page has to work; for `describe.each`. */
export const WAYS = [
  { browser: 'chromium', scheme: 'http' },
  { browser: 'chromium', scheme: 'file' },
  { browser: 'firefox', scheme: 'http' },
  { browser: 'firefox', scheme: 'file' },
] as const satisfies PageOptions[];

/** What the page says of its ingest, as its element `[data-testid="ingest"]` carries it. */
export interface IngestState {
  state: string;
  files: number;
  refused: number;
  events: number;
  duplicates: number;
  findings: number;
  /** NaN until done. */
  ms: number;
}

/** All of it is empty as long as the page keeps its word. */
export interface Complaints {
  /** Requests other than for the page itself, as seen by the browser and by the server. */
  requests: string[];
  violations: string[];
  errors: string[];
}

const open = new Set<TestPage>();
const profiles: string[] = [];
let server: StaticServer | null = null;

afterAll(async () => {
  for (const page of open) await page.close();
  await server?.close();
  for (const profile of profiles) rmSync(profile, { recursive: true, force: true });
});

/** A new folder for a profile, removed when the test file ends: for tests that close the browser and come back. */
export function newProfile(): string {
  const profile = mkdtempSync(join(tmpdir(), 'trailsift-profile-'));
  profiles.push(profile);
  return profile;
}

/** Starts a browser and opens the built page in it. */
export async function openPage(options: PageOptions): Promise<TestPage> {
  const { browser, scheme, theme = 'light', width = 1280, height = 800, hash = '' } = options;
  const dist = inject('dist');
  if (scheme === 'http') server ??= await serve(dist);
  const url = server && scheme === 'http' ? server.url : pathToFileURL(join(dist, 'index.html')).href;
  const start = browser === 'chromium' ? startChromium : startFirefox;
  const driver = await start({ theme, width, height, profile: options.profile ?? newProfile() });
  const page = new TestPage(browser, url, driver, server);
  open.add(page);
  await driver.goto(hash ? `${url}#${hash}` : url);
  return page;
}

export class TestPage {
  /** For what only one of the two browsers can do: `page.driver.chromium`, `page.driver.firefox`. */
  readonly driver: Driver;
  readonly #browser: PageOptions['browser'];
  readonly #url: string;
  readonly #server: StaticServer | null;
  readonly #hitsBefore: number;

  constructor(browser: PageOptions['browser'], url: string, driver: Driver, host: StaticServer | null) {
    this.#browser = browser;
    this.#url = url;
    this.driver = driver;
    this.#server = host;
    this.#hitsBefore = host?.hits.length ?? 0;
  }

  /** Runs a function in the page; it may use nothing but its argument and the page's globals. */
  evaluate<A, R>(run: (argument: A) => R | Promise<R>, argument: A): Promise<R> {
    return this.driver.evaluate(run, argument);
  }

  /** Chooses files in the input "Add files". */
  addFiles(paths: string[]): Promise<void> {
    return this.driver.choose('Add files', paths.map(absolute));
  }

  /**
   * Chooses a folder in the input "Add folder". Firefox's automation cannot choose a folder, so there the
   * folder's files are chosen one by one, and come without the folder's name.
   */
  addFolder(path: string): Promise<void> {
    const paths = this.#browser === 'firefox' ? filesBelow(absolute(path)) : [absolute(path)];
    return this.driver.choose('Add folder', paths);
  }

  /** Drops files on the page; in Chromium also folders, and as a real drop. */
  drop(paths: string[]): Promise<void> {
    return this.driver.drop(paths.map(absolute));
  }

  ingestState(): Promise<IngestState> {
    return this.driver.evaluate(() => {
      const element = document.querySelector<HTMLElement>('[data-testid="ingest"]');
      if (!element) throw new Error('The page has no [data-testid="ingest"].');
      const count = (name: string): number => {
        const value = element.dataset[name] ?? '';
        if (!/^\d+$/.test(value)) throw new Error(`data-${name} is no whole number: "${value}"`);
        return Number(value);
      };
      return {
        state: element.dataset['state'] ?? '',
        files: count('files'),
        refused: count('refused'),
        events: count('events'),
        duplicates: count('duplicates'),
        findings: count('findings'),
        ms: element.dataset['state'] === 'done' ? count('ms') : NaN,
      };
    }, null);
  }

  /**
   * Waits until the ingest is done. Where something was ingested before, `files` tells how many files there are
   * to be in all, so that the end of the run before is not taken for the end of this one.
   */
  async waitDone({ files = 1, timeout = 60_000 } = {}): Promise<IngestState> {
    const end = performance.now() + timeout;
    for (;;) {
      const state = await this.ingestState();
      if (state.state === 'done' && state.files >= files) return state;
      if (performance.now() > end) {
        throw new Error(`Not done with ${files} files after ${timeout} ms: ${JSON.stringify(state)}`);
      }
      await delay(25);
    }
  }

  click(role: Role, name: string): Promise<void> {
    return this.driver.click(role, name);
  }

  fill(role: Role, name: string, text: string): Promise<void> {
    return this.driver.fill(role, name, text);
  }

  press(key: string): Promise<void> {
    return this.driver.press(key);
  }

  /** Does what makes the page offer a download, and returns it. */
  download(act: () => Promise<void>): Promise<Download> {
    return this.driver.download(act);
  }

  /** Whatever the page did that it must not do, since it was opened. */
  async complaints(): Promise<Complaints> {
    const { requests, policy, errors } = this.driver.witness;
    const seen = await this.driver.evaluate(() => window.trailsiftTest.violations, null);
    const hits = this.#server?.hits.slice(this.#hitsBefore) ?? [];
    return {
      requests: [
        ...requests.filter((url) => !/^(?:blob|data|about):/.test(url) && url.split('#')[0] !== this.#url),
        ...hits.filter((path) => path !== '/'),
      ],
      violations: [...policy, ...seen],
      errors: [...errors],
    };
  }

  /**
   * Tasks of the main thread that took over 50 ms and began at `since` or later, in ms since the page was loaded
   * (`performance.now()` in the page; starting up takes one or two such tasks itself). Chromium only.
   */
  longTasks(since = 0): Promise<{ start: number; ms: number }[]> {
    if (this.#browser === 'firefox') throw new Error('Firefox does not tell of long tasks.');
    return this.driver.evaluate(
      (from) => window.trailsiftTest.longTasks.filter((task) => task.start >= from),
      since,
    );
  }

  /** Writes a picture into the folder that $TRAILSIFT_SHOTS names; does nothing without it. */
  async screenshot(name: string): Promise<void> {
    const folder = process.env['TRAILSIFT_SHOTS'];
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    await this.driver.screenshot(join(folder, `${name}.png`));
  }

  reload(): Promise<void> {
    return this.driver.reload();
  }

  /** Opens the page in a second tab; Chromium only. Complaints are noted for the browser as a whole. */
  async newTab(): Promise<TestPage> {
    const driver = await this.driver.newTab();
    const tab = new TestPage(this.#browser, this.#url, driver, this.#server);
    await driver.goto(this.#url);
    return tab;
  }

  async close(): Promise<void> {
    if (open.delete(this)) await this.driver.close();
  }
}

function absolute(path: string): string {
  return resolve(path);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
