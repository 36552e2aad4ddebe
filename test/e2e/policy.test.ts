/** Nothing leaves the machine: the built page is one file, and its policy holds in both browsers. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { hashSource, inlineBlocks } from '../../build/csp.ts';
import { WAYS, openPage, type TestPage } from './support/page.ts';
import { serve, type StaticServer } from './support/serve.ts';

/** A server that answers whoever asks: it must never be asked. */
let outside: StaticServer;

beforeAll(async () => {
  outside = await serve(inject('dist'));
});

afterAll(() => outside.close());

test('the build is one file', () => {
  expect(readdirSync(inject('dist'))).toEqual(['index.html']);
});

test('the policy stands first in the head and names no one to talk to', () => {
  const html = readFileSync(join(inject('dist'), 'index.html'), 'utf8');
  expect(html).toMatch(/<head>\s*<meta http-equiv="Content-Security-Policy" content="default-src 'none'; /);
  const policy = policyOf(html);
  // WebAssembly of the page's own may be compiled; text may not become code.
  expect(policy).toContain(" 'wasm-unsafe-eval';");
  expect(policy.replace("'wasm-unsafe-eval'", '')).not.toMatch(/connect-src|unsafe|https?:|\*/);
  for (const block of inlineBlocks(html)) expect(policy).toContain(hashSource(block.text));
});

describe.each(WAYS)('in $browser from $scheme', (way) => {
  let page: TestPage;

  beforeAll(async () => {
    page = await openPage(way);
  });

  afterAll(() => page.close());

  test('the page runs and asks for nothing', async () => {
    expect(await page.ingestState()).toMatchObject({ state: 'idle', files: 0, events: 0 });
    expect(await page.complaints()).toEqual({ requests: [], violations: [], errors: [] });
  });

  test("the browser's own reading of the inline code has the hashes that the policy names", async () => {
    const texts = await page.evaluate(
      () => [...document.querySelectorAll('script, head > style')].map((element) => element.textContent),
      null,
    );
    const policy = await page.evaluate(() => document.querySelector('meta')?.content ?? '', null);
    expect(texts.length).toBeGreaterThanOrEqual(2);
    for (const text of texts) expect(policy).toContain(hashSource(text));
  });

  test('a worker may compile WebAssembly', async () => {
    expect(await page.evaluate(compiles, null)).toBe(true);
  });

  test("none of the page's workers reaches a server", async () => {
    // Firefox's automation cannot enter workers; there the test below makes one of its own.
    for (const worker of page.driver.chromium?.workers() ?? []) {
      expect(await worker.evaluate(fetchFrom, outside.url), worker.url()).toBe('blocked');
    }
    expect(outside.hits).toEqual([]);
  });

  test('neither the page nor a new worker reaches a server', async () => {
    const answers = await page.evaluate(reachOut, outside.url);
    expect(answers.length).toBeGreaterThanOrEqual(8);
    expect(answers.filter((answer) => !answer.endsWith(': blocked'))).toEqual([]);
    expect(outside.hits).toEqual([]);
  });
});

function policyOf(html: string): string {
  return /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
}

/** Runs in the page: whether a worker of it can compile an empty module of WebAssembly. */
function compiles(): Promise<boolean> {
  const source = `try {
    new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    postMessage(true);
  } catch { postMessage(false) }`;
  const worker = new Worker(URL.createObjectURL(new Blob([source])));
  return new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data as boolean)));
}

/** Runs in a worker: tries to fetch. */
async function fetchFrom(url: string): Promise<string> {
  return fetch(url).then(
    () => 'reached',
    () => 'blocked',
  );
}

/** Runs in the page: tries every way out that a script has, from the page and from a new worker. */
async function reachOut(url: string): Promise<string[]> {
  const settle = (
    name: string,
    attempt: (reached: () => void, blocked: () => void) => void,
  ): Promise<string> =>
    new Promise((resolve) => {
      try {
        attempt(
          () => resolve(`${name}: reached`),
          () => resolve(`${name}: blocked`),
        );
      } catch {
        resolve(`${name}: blocked`);
      }
    });
  // It says nothing of what became of it: the server has to be asked.
  navigator.sendBeacon(url);
  const worker = new Worker(
    URL.createObjectURL(
      new Blob([
        `onmessage = ({ data }) => fetch(data).then(() => postMessage('reached'), () => postMessage('blocked'))`,
      ]),
    ),
  );
  const evaluates = new Worker(
    URL.createObjectURL(
      new Blob([`try { postMessage(eval("'reached'")) } catch { postMessage('blocked') }`]),
    ),
  );
  const answers = await Promise.all([
    // In the page itself the automation, which may evaluate, would answer.
    settle('eval in a worker', (reached, blocked) => {
      evaluates.onmessage = ({ data }) => (data === 'reached' ? reached() : blocked());
    }),
    settle('fetch', (reached, blocked) => void fetch(url).then(reached, blocked)),
    settle(
      'fetch without cors',
      (reached, blocked) => void fetch(url, { mode: 'no-cors' }).then(reached, blocked),
    ),
    settle('XMLHttpRequest', (reached, blocked) => {
      const request = new XMLHttpRequest();
      request.onload = reached;
      request.onerror = blocked;
      request.open('GET', url);
      request.send();
    }),
    settle('WebSocket', (reached, blocked) => {
      const socket = new WebSocket(url.replace('http', 'ws'));
      socket.onopen = reached;
      socket.onerror = blocked;
    }),
    settle('image', (reached, blocked) => {
      const image = new Image();
      image.onload = reached;
      image.onerror = blocked;
      image.src = `${url}image.png`;
    }),
    settle('script', (reached, blocked) => {
      const script = document.createElement('script');
      script.onload = reached;
      script.onerror = blocked;
      script.src = `${url}script.js`;
      document.head.append(script);
    }),
    settle('worker', (reached, blocked) => {
      worker.onmessage = ({ data }) => (data === 'reached' ? reached() : blocked());
      worker.onerror = blocked;
      worker.postMessage(url);
    }),
  ]);
  worker.terminate();
  return answers;
}
