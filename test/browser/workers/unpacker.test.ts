import * as Comlink from 'comlink';
import { gzipSync } from 'fflate';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { gunzip, memorySource, type ByteReport } from '../../../src/core/bytes/index.ts';
import { startHelper } from '../../../src/ingest/index.ts';
import { fileSource } from '../../../workers/file-source.ts';
import { Unpacker } from '../../../workers/ingest/unpacker.ts';
import UnpackWorker from '../../../workers/unpack.ts?worker&inline';
import { create, files, openPage, record } from './support.ts';

const workers: Worker[] = [];
const spawn = (): Worker => {
  const worker = new UnpackWorker();
  workers.push(worker);
  return worker;
};

afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate();
});

/** Three members, the middle one damaged, and something that is no gzip behind them. */
function anyFile(): Uint8Array<ArrayBuffer> {
  const text = Array.from({ length: 900_000 }, (_, n) => (n * 2654435761).toString(36)).join();
  const members = ['a', 'b', 'c'].map((name) =>
    gzipSync(new TextEncoder().encode(name + text), { level: 1 }),
  );
  members[1]![members[1]!.length >> 1]! ^= 0xff;
  const parts = [...members, new Uint8Array([1, 2, 3])];
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/** A file that was removed after it was given. */
async function removedFile(bytes: Uint8Array<ArrayBuffer>): Promise<File> {
  const root = await navigator.storage.getDirectory();
  const handle = await root.getFileHandle('removed.gz', { create: true });
  const writable = await handle.createWritable();
  await writable.write(bytes);
  await writable.close();
  const file = await handle.getFile();
  await root.removeEntry('removed.gz');
  return file;
}

interface Came extends ByteReport {
  length: number;
  sha256: string;
}

async function cameOf(chunks: AsyncGenerator<Uint8Array>, report: ByteReport): Promise<Came> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of chunks) parts.push(chunk.slice());
  const whole = await new Blob(parts).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
  return { ...report, length: whole.byteLength, sha256: digest.toString() };
}

const newReport = (): ByteReport => ({ damage: [], notes: [] });

/** @param told called with each reading of how far it is */
function elsewhere(
  start: () => Worker,
  bytes: Uint8Array<ArrayBuffer>,
  told: (read: number) => void = () => undefined,
): Promise<Came> {
  const report = newReport();
  const unpacker = new Unpacker((life) => startHelper(start(), life), Infinity);
  return cameOf(unpacker.gunzip(new Blob([bytes]), memorySource(bytes), report, told), report);
}

describe('gzip that is taken off on another thread', () => {
  const bytes = anyFile();
  let all: Came;

  beforeAll(async () => {
    const report = newReport();
    all = await cameOf(gunzip(memorySource(bytes), report), report);
    expect(all.damage).toHaveLength(1);
    expect(all.notes).toHaveLength(2);
  });

  it('gives the same bytes and says the same of them', async () => {
    let read = 0;
    expect(await elsewhere(spawn, bytes, (now) => (read = now))).toEqual(all);
    expect(read).toBe(bytes.length);
  });

  it.each([0.1, 0.9])('goes on here when the thread ends after %d of the file', async (part) => {
    const end = (read: number): void => {
      if (read > part * bytes.length) workers[0]!.terminate();
    };
    expect(await elsewhere(spawn, bytes, end)).toEqual(all);
  });

  it('goes on here when the thread does not start', async () => {
    const broken = URL.createObjectURL(new Blob(['throw new Error("Out of memory.");']));
    expect(await elsewhere(() => new Worker(broken), bytes)).toEqual(all);
    URL.revokeObjectURL(broken);
  });

  it('is taken off here where handing over takes long', async () => {
    let echoes = 0;
    const api = {
      echo: async (buffer: ArrayBuffer): Promise<ArrayBuffer> => {
        echoes++;
        await new Promise((resolve) => setTimeout(resolve, 10));
        return Comlink.transfer(buffer, [buffer]);
      },
      start: () => {
        throw new Error('It is not asked for more.');
      },
    };
    let started = 0;
    let end: () => void = () => undefined;
    const lives = new Promise<void>((resolve) => (end = resolve));
    const unpacker = new Unpacker(async (life) => {
      started++;
      const { port1, port2 } = new MessageChannel();
      Comlink.expose(api, port2);
      await new Promise<void>((held) => {
        void navigator.locks.request(life, () => {
          held();
          return lives;
        });
      });
      return port1;
    });
    for (let n = 0; n < 2; n++) {
      const report = newReport();
      const chunks = unpacker.gunzip(new Blob([bytes]), memorySource(bytes), report, () => undefined);
      expect(await cameOf(chunks, report)).toEqual(all);
    }
    expect(started).toBe(1);
    expect(echoes).toBe(4);
    end();
  });

  it("is not the thread's fault when a file cannot be read", async () => {
    const unpacker = new Unpacker((life) => startHelper(spawn(), life), Infinity);
    for (let n = 0; n < 2; n++) {
      const gone = await removedFile(bytes);
      const report = newReport();
      const chunks = unpacker.gunzip(gone, fileSource(gone), report, () => undefined);
      await expect(cameOf(chunks, report)).rejects.toThrow(DOMException);
      expect(report).toEqual(newReport());
    }
    expect(workers).toHaveLength(1);
  });

  it('has one thread for all files, and another one when that has ended', async () => {
    const unpacker = new Unpacker((life) => startHelper(spawn(), life), Infinity);
    const next = async (): Promise<Came> => {
      const report = newReport();
      const chunks = unpacker.gunzip(new Blob([bytes]), memorySource(bytes), report, () => undefined);
      return cameOf(chunks, report);
    };
    expect(await next()).toEqual(all);
    expect(await next()).toEqual(all);
    expect(workers).toHaveLength(1);
    workers[0]!.terminate();
    expect(await next()).toEqual(all);
    expect(await next()).toEqual(all);
    expect(workers).toHaveLength(2);
  });
});

describe('a large file that is read into a case', () => {
  const RECORDS = 20_000;
  const log = (): { path: string; file: File } => {
    const records = Array.from({ length: RECORDS }, (_, n) => ({
      ...record(n),
      additionalEventData: { filling: crypto.getRandomValues(new Uint32Array(40)).join('') },
    }));
    const text = new TextEncoder().encode(JSON.stringify({ Records: records }));
    const bytes = gzipSync(text, { level: 1 }) as Uint8Array<ArrayBuffer>;
    expect(bytes.length).toBeGreaterThan(4 << 20);
    return { path: 'large.json.gz', file: new File([bytes], 'large.json.gz') };
  };
  const helpersAlive = async (): Promise<number> =>
    (await navigator.locks.query()).held!.filter(({ name }) => name!.startsWith('trailsift-helper')).length;

  it.each([false, true])('is read whole; its thread ends in the middle of it: %s', async (ends) => {
    const page = openPage(1);
    await create(page);
    let hasEnded = false;
    const end = (): void => {
      hasEnded = true;
      page.unpackers[0]!.terminate();
    };
    const last = await page.read(files(log()), ({ bytes }) => {
      if (ends && bytes > 0) end();
    });
    expect(last).toMatchObject({ problem: '', stored: { files: 1, events: RECORDS } });
    expect(hasEnded).toBe(ends);
    expect(page.unpackers).toHaveLength(1);
    const { sources } = await page.cases.sources(0, 10, 'all');
    expect(sources).toMatchObject([{ state: 'analysed', records: RECORDS, notes: [] }]);
    // It ends with the reading.
    await expect.poll(helpersAlive).toBe(0);
  });
});
