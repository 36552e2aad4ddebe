/**
 * Where the browsers are that the tests drive. Plain JavaScript, because `ensure-browsers.mjs` runs before
 * anything that understands TypeScript is started; its types are checked through the comments.
 */
import { accessSync, constants } from 'node:fs';
import process from 'node:process';

/** @typedef {'chromium' | 'firefox'} BrowserName */

/** @type {Record<BrowserName, { variable: string, packages: string[], paths: string[] }>} */
const KNOWN = {
  chromium: {
    variable: 'CHROMIUM',
    packages: ['chromium'],
    paths: [
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
      '/usr/bin/google-chrome-stable',
      '/opt/google/chrome/chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    ],
  },
  firefox: {
    variable: 'FIREFOX',
    packages: ['firefox-esr'],
    paths: [
      '/usr/bin/firefox-esr',
      '/usr/bin/firefox',
      '/usr/lib/firefox-esr/firefox-esr',
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
    ],
  },
};

/** @type {BrowserName[]} */
export const BROWSERS = ['chromium', 'firefox'];

/**
 * Chromium's switches: no sandbox (its own needs rights that root in a container does not have), no graphics
 * card, and nothing that calls home at start, so that the only traffic is the page's own.
 */
export const CHROMIUM_SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The browser's program: what its environment variable names (CHROMIUM, FIREFOX), else the usual places.
 *
 * @param {BrowserName} name
 * @returns {string | undefined} its path, or undefined when there is none
 */
export function findBrowser(name) {
  const { variable, paths } = KNOWN[name];
  const named = process.env[variable];
  return (named ? [named] : paths).find(isExecutable);
}

/**
 * The same for a caller that cannot go on without it.
 *
 * @param {BrowserName} name
 * @returns {string}
 * @throws {Error} with a sentence that says what to install
 */
export function browserPath(name) {
  const path = findBrowser(name);
  if (!path) throw new Error(howToGet(name));
  return path;
}

/**
 * @param {BrowserName} name
 * @returns {string} one sentence for a person
 */
export function howToGet(name) {
  const { variable, packages } = KNOWN[name];
  const named = process.env[variable];
  return named
    ? `${variable} names ${named}, which is not a program that can be run.`
    : `The tests need ${name}: install it (on Debian: apt-get install ${packages.join(' ')}) or name it in ${variable}.`;
}

/**
 * @param {BrowserName} name
 * @returns {string[]} Debian's packages of it
 */
export function debianPackages(name) {
  return KNOWN[name].packages;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
