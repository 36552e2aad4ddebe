import { mkdtempSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { launch, type ElementHandle, type Page } from 'puppeteer-core';
import { browserPath } from '../../../build/browsers.mjs';
import {
  isAboutPolicy,
  type Download,
  type Driver,
  type DriverOptions,
  type Role,
  type Witness,
} from './driver.ts';
import { installObservers } from './observers.ts';

/** Starts Firefox without a window, with a page that is still blank. */
export async function startFirefox(options: DriverOptions): Promise<Driver> {
  const { theme, width, height, profile } = options;
  const downloads = mkdtempSync(join(tmpdir(), 'trailsift-downloads-'));
  const browser = await launch({
    browser: 'firefox',
    executablePath: browserPath('firefox'),
    headless: true,
    userDataDir: profile,
    defaultViewport: { width, height },
    env: { ...process.env, TZ: 'UTC' },
    extraPrefsFirefox: {
      // Puppeteer makes all local files one origin; people's Firefox gives each its own storage.
      'security.fileuri.strict_origin_policy': true,
      'layout.css.prefers-color-scheme.content-override': theme === 'dark' ? 0 : 1,
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'browser.download.useDownloadDir': true,
    },
  });
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(installObservers);
  const witness: Witness = { requests: [], policy: [], errors: [] };
  page.on('request', (request) => witness.requests.push(request.url()));
  const note = (message: string): unknown =>
    (isAboutPolicy(message) ? witness.policy : witness.errors).push(message);
  page.on('console', (message) => {
    if (message.type() === 'error') note(message.text());
  });
  page.on('pageerror', (error) => note(String(error)));

  return {
    witness,
    chromium: null,
    firefox: page,
    goto: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    evaluate: (run, argument) => page.evaluate(run as never, argument) as never,
    async choose(label, paths) {
      // The page shows it once it knows which cases there are.
      const input = await page.waitForFunction(findFileInput, { polling: 25 }, label);
      await (input as ElementHandle<HTMLInputElement>).uploadFile(...paths);
    },
    drop: (paths) => dropFiles(page, paths),
    click: async (role, name) => (await control(page, role, name)).click(),
    async fill(role, name, text) {
      // By keys: Puppeteer's own filling empties a field without telling the page.
      const field = await control(page, role, name);
      await field.focus();
      await page.keyboard.down('Control');
      await page.keyboard.press('a');
      await page.keyboard.up('Control');
      await page.keyboard.press('Backspace');
      await page.keyboard.type(text);
    },
    async press(key) {
      // Puppeteer knows no chords; the sign between keys may be a key itself.
      const keys = key.split(/(?<=.)\+(?=.)/);
      const last = keys.pop()!;
      for (const held of keys) await page.keyboard.down(held as never);
      await page.keyboard.press(last as never);
      for (const held of keys.reverse()) await page.keyboard.up(held as never);
    },
    async download(act) {
      await act();
      return takeDownload(downloads);
    },
    screenshot: async (path) => void (await page.screenshot({ path: path as `${string}.png` })),
    newTab: () => Promise.reject(new Error('Second tabs are tried in Chromium only.')),
    async close() {
      await browser.close();
      await rm(downloads, { recursive: true, force: true });
    },
  };
}

/**
 * Waits for a control that can be used. Found by a script in the page: through Firefox's own accessibility tree it
 * takes seconds. (Chromium finds the same controls through its own.)
 */
async function control(page: Page, role: Role, name: string): Promise<ElementHandle<HTMLElement>> {
  const found = await page.waitForFunction(findControl, { polling: 25 }, role, name);
  return found as ElementHandle<HTMLElement>;
}

/** In the page: the control with this role and name that is to be seen and not disabled, or null. */
function findControl(role: Role, name: string): HTMLElement | null {
  const native: Partial<Record<Role, string>> = {
    button: 'button:not([role])',
    searchbox: 'input[type=search]',
    checkbox: 'input[type=checkbox]',
    link: 'a[href]',
    combobox: 'select',
    radio: 'input[type=radio]',
  };
  const candidates = document.querySelectorAll<HTMLElement>(`[role=${role}], ${native[role] ?? ':not(*)'}`);
  for (const element of candidates) {
    const label = element instanceof HTMLInputElement ? element.labels?.[0] : element;
    const told = label?.cloneNode(true) as HTMLElement | undefined;
    for (const hidden of told?.querySelectorAll('[aria-hidden=true]') ?? []) hidden.remove();
    const known = element.ariaLabel ?? told?.textContent ?? '';
    const matches = known.trim().replace(/\s+/g, ' ') === name;
    if (matches && element.checkVisibility() && !element.matches(':disabled')) return element;
  }
  return null;
}

/** In the page: the file input with this label, made ready to take several files; null as long as there is none. */
function findFileInput(label: string): HTMLInputElement | null {
  for (const input of document.querySelectorAll<HTMLInputElement>('input[type=file]')) {
    const labels = [...(input.labels ?? [])].map((element) => element.textContent.trim());
    if (input.ariaLabel !== label && !labels.includes(label)) continue;
    // A folder's input takes many files without saying so; WebDriver does not know that.
    if (input.webkitdirectory) input.multiple = true;
    return input;
  }
  return null;
}

/**
 * A drop made by script, from files chosen in an input of our own: WebDriver knows no drop from outside.
 * It carries files only, and the page sees that the event is not a person's.
 */
async function dropFiles(page: Page, paths: string[]): Promise<void> {
  const input = await page.evaluateHandle(() => {
    const element = document.createElement('input');
    element.type = 'file';
    element.multiple = true;
    return element;
  });
  await (input as ElementHandle<HTMLInputElement>).uploadFile(...paths);
  await page.evaluate((element) => {
    const dataTransfer = new DataTransfer();
    for (const file of element.files ?? []) dataTransfer.items.add(file);
    const target = document.elementFromPoint(innerWidth / 2, innerHeight / 2) ?? document.body;
    for (const type of ['dragenter', 'dragover', 'drop']) {
      target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }
  }, input);
}

/**
 * Waits for a complete file in the folder and takes it out, so that the next one may have the same name.
 * While Firefox writes, `*.part` stands beside an empty file of the final name; that one is deleted in the end and the
 * part renamed, so a name that was listed may be gone for a moment.
 */
async function takeDownload(folder: string): Promise<Download> {
  for (let tries = 0; tries < 300; tries++) {
    const names = await readdir(folder);
    const [name] = names;
    if (name && names.length === 1 && !name.endsWith('.part')) {
      const bytes = await readFile(join(folder, name)).catch(absent);
      if (bytes !== null && bytes.length > 0) {
        await rm(join(folder, name));
        return { name, bytes: new Uint8Array(bytes) };
      }
    }
    await delay(100);
  }
  throw new Error('Firefox downloaded nothing within 30 seconds.');
}

/** @returns null for a file that is not there; any other failure is thrown again */
function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
