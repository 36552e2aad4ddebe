import { readFile } from 'node:fs/promises';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { CHROMIUM_SWITCHES, browserPath } from '../../../build/browsers.mjs';
import { isAboutPolicy, type Driver, type DriverOptions, type Witness } from './driver.ts';
import { installObservers } from './observers.ts';

/** Starts Chromium without a window, with a page that is still blank. */
export async function startChromium(options: DriverOptions): Promise<Driver> {
  const { theme, width, height, profile } = options;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browserPath('chromium'),
    args: CHROMIUM_SWITCHES,
    headless: true,
    colorScheme: theme,
    viewport: { width, height },
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  await context.addInitScript(installObservers);
  const page = context.pages()[0] ?? (await context.newPage());
  const witness: Witness = { requests: [], policy: [], errors: [] };
  context.on('request', (request) => witness.requests.push(request.url()));
  context.on('console', (message) => {
    if (isAboutPolicy(message.text())) witness.policy.push(message.text());
    else if (message.type() === 'error') witness.errors.push(message.text());
  });
  context.on('weberror', (error) => witness.errors.push(String(error.error())));
  return { ...driverOf(context, page, witness, options), close: () => context.close() };
}

/** Drives one tab. */
function driverOf(
  context: BrowserContext,
  page: Page,
  witness: Witness,
  { width, height }: { width: number; height: number },
): Driver {
  return {
    witness,
    chromium: page,
    firefox: null,
    goto: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    // Playwright's own type of the function's argument cannot be told from ours.
    evaluate: (run, argument) => page.evaluate(run as never, argument) as never,
    choose: (label, paths) => page.getByLabel(label, { exact: true }).setInputFiles(paths),
    async drop(paths) {
      // The browser's own drop, as if from a file manager: the only way to get folders and handles.
      const session = await context.newCDPSession(page);
      const data = { items: [], files: paths, dragOperationsMask: 1 };
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
        await session.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data });
      }
      await session.detach();
    },
    click: (role, name) => page.getByRole(role, { name, exact: true }).click(),
    fill: (role, name, text) => page.getByRole(role, { name, exact: true }).fill(text),
    press: (key) => page.keyboard.press(key),
    async download(act) {
      const [download] = await Promise.all([page.waitForEvent('download'), act()]);
      return {
        name: download.suggestedFilename(),
        bytes: new Uint8Array(await readFile(await download.path())),
      };
    },
    screenshot: async (path) => void (await page.screenshot({ path })),
    newTab: async () => driverOf(context, await context.newPage(), witness, { width, height }),
    close: () => page.close(),
  };
}
