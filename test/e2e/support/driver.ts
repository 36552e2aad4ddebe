/**
 * What the end-to-end tests need of a browser, in one shape for Chromium (Playwright, CDP) and for Firefox
 * (Puppeteer, WebDriver BiDi). page.ts builds on it; tests use page.ts.
 */
import type { Page as PlaywrightPage } from 'playwright-core';
import type { Page as PuppeteerPage } from 'puppeteer-core';

export interface DriverOptions {
  theme: 'light' | 'dark';
  width: number;
  height: number;
  /** Folder that holds the browser's profile; it is kept, so that a later start finds what was stored. */
  profile: string;
}

/** What was seen from outside the page, from its first byte on. */
export interface Witness {
  /** Every URL requested, the page's own included. */
  requests: string[];
  /** Messages of the browser about its Content-Security-Policy. */
  policy: string[];
  /** Errors written to the console and errors that nobody caught. */
  errors: string[];
}

export interface Download {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Roles that the tests act on; the name is the accessible name, in full. */
export type Role =
  | 'button'
  | 'menuitem'
  | 'tab'
  | 'searchbox'
  | 'checkbox'
  | 'link'
  | 'combobox'
  | 'row'
  | 'gridcell'
  | 'radio';

export interface Driver {
  readonly witness: Witness;
  /** The browser's own page, for what only one of them can do. */
  readonly chromium: PlaywrightPage | null;
  readonly firefox: PuppeteerPage | null;
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Runs a function in the page; it may use nothing but its argument and the page's globals. */
  evaluate<A, R>(run: (argument: A) => R | Promise<R>, argument: A): Promise<R>;
  /** Chooses files, or a folder where the browser's automation can, in the file input with this label. */
  choose(label: string, paths: string[]): Promise<void>;
  /** Drops files and folders on the middle of the page. */
  drop(paths: string[]): Promise<void>;
  click(role: Role, name: string): Promise<void>;
  fill(role: Role, name: string, text: string): Promise<void>;
  press(key: string): Promise<void>;
  /** Does what makes the page offer a download, and returns the download. */
  download(act: () => Promise<void>): Promise<Download>;
  screenshot(path: string): Promise<void>;
  /** Another tab of the same browser, still blank; Chromium only. */
  newTab(): Promise<Driver>;
  close(): Promise<void>;
}

/** True for a console message in which the browser says that the policy stopped something. */
export function isAboutPolicy(message: string): boolean {
  return /content[- ]security[- ]policy/i.test(message);
}
