/** Files, archives and what becomes of them as a whole. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../src/core/bytes/index.ts';
import { readFile, textOf, type ByteSource, type LogVisitor } from '../../../src/core/formats/index.ts';
import { makeTar, makeZip } from '../bytes/archives.ts';
import { collect, CollectingVisitor, Collector, jsonOf } from './collect.ts';
import { event, numbersOf } from './events.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const log = (...numbers: number[]): Uint8Array =>
  bytes(JSON.stringify({ Records: numbers.map((each) => event(each)) }));
const gz = (data: Uint8Array): Uint8Array => new Uint8Array(gzipSync(data));

describe('archives', () => {
  test('every log in them is an entry with its path and bytes; the archive is none', async () => {
    const inner = gz(log(1, 2));
    const logs = await collect(
      makeZip([
        { name: 'AWSLogs/', data: bytes(''), stored: true },
        { name: 'AWSLogs\\a.json.gz', data: inner, stored: true },
        { name: 'b.json', data: log(3) },
        { name: '__MACOSX/._b.json', data: bytes('\0\x05\x16\x07\0\0\0\0\0\0\0\0'), stored: true },
        { name: '.DS_Store', data: bytes('\0\0\0\x01Bud1\0\0\0\0\0\0\0'), stored: true },
      ]),
      'x.zip',
    );
    expect(logs.map((each) => [each.entry.path, each.entry.size, each.outcome.state])).toEqual([
      ['x.zip/AWSLogs/a.json.gz', inner.length, 'analysed'],
      ['x.zip/b.json', log(3).length, 'analysed'],
    ]);
    expect(logs[0]!.entry.original).toEqual(inner);
    expect(numbersOf(jsonOf(logs))).toEqual([1, 2, 3]);
  });

  test('an Excel workbook is one file, with advice', async () => {
    const logs = await collect(
      makeZip([
        { name: '[Content_Types].xml', data: bytes('<?xml?>') },
        { name: 'xl/workbook.xml', data: bytes('<?xml?>') },
      ]),
      'event_history.xlsx',
    );
    expect(logs).toHaveLength(1);
    expect(logs[0]!.outcome).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('CSV') as string,
    });
  });

  test('nested: zip in tar.gz in zip', async () => {
    const zip = makeZip([{ name: 'deep.json.gz', data: gz(gz(log(5))) }]);
    const tar = gz(
      makeTar([
        { name: 'inner.zip', data: zip },
        { name: 'flat.json', data: log(6) },
      ]),
    );
    const logs = await collect(makeZip([{ name: 'middle.tgz', data: tar }]), 'outer.zip');
    expect(logs.map((each) => each.entry.path)).toEqual([
      'outer.zip/middle.tgz/inner.zip/deep.json.gz',
      'outer.zip/middle.tgz/flat.json',
    ]);
    expect(numbersOf(jsonOf(logs))).toEqual([5, 6]);
  });

  test('nested without end: refused with the limit', async () => {
    let file = makeZip([{ name: 'x.json', data: log(1) }]);
    for (let depth = 0; depth < 9; depth++) file = makeZip([{ name: 'x.zip', data: file }]);
    const logs = await collect(file, 'x.zip');
    expect(logs).toHaveLength(1);
    expect(logs[0]!.outcome).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('5') as string,
    });
  });

  test('system litter counts by its content: a log by that name is read', async () => {
    const logs = await collect(makeZip([{ name: '.DS_Store', data: log(1) }]), 'x.zip');
    expect(numbersOf(jsonOf(logs))).toEqual([1]);
  });

  test('foreign and unreadable entries are refused by name, the others read', async () => {
    const logs = await collect(
      makeZip([
        { name: 'photo.jpg', data: new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16]), stored: true },
        { name: 'secret.json', data: log(1), encrypted: true },
        { name: 'a.json', data: log(2) },
        { name: 'bad-crc.json', data: log(3), crc: 1 },
        { name: 'empty.json', data: bytes(''), stored: true },
      ]),
      'x.zip',
    );
    expect(logs.map((each) => [each.entry.path.slice(6), each.outcome.state])).toEqual([
      ['photo.jpg', 'refused'],
      ['secret.json', 'refused'],
      ['a.json', 'analysed'],
      ['bad-crc.json', 'partial'],
      ['empty.json', 'analysed'],
    ]);
    expect(logs[0]!.outcome.reason).toContain('JPEG');
    expect(logs[1]!.outcome.reason).toContain('encrypted');
    expect(numbersOf(jsonOf(logs))).toEqual([2, 3]);
  });

  test.each([
    ['an empty zip', makeZip([]), 'analysed', ''],
    ['a zip of folders', makeZip([{ name: 'a/', data: bytes(''), stored: true }]), 'analysed', ''],
    [
      'a zip cut off',
      makeZip([
        { name: 'a.json', data: log(1) },
        { name: 'b.json', data: log(2) },
      ]).subarray(0, -80),
      'partial',
      'directory',
    ],
    ['a tar cut off', makeTar([{ name: 'a.json', data: log(1) }]).subarray(0, 700), 'partial', 'cut off'],
    [
      'a tar.gz cut off',
      gz(
        makeTar([
          { name: 'a.json', data: log(1) },
          { name: 'b', data: crypto.getRandomValues(new Uint8Array(5000)) },
        ]),
      ).subarray(0, 2000),
      'partial',
      'cut off',
    ],
  ])('%s has an entry that says so', async (_name, file, state, reason) => {
    const logs = await collect(file, 'x');
    const own = logs.filter((each) => each.entry.path === 'x');
    expect(own).toHaveLength(1);
    expect(own[0]!.outcome.state).toBe(state);
    expect(own[0]!.outcome.reason).toContain(reason);
  });
});

describe('the text that offsets count in', () => {
  test.each([
    ['plain', log(1, 2)],
    ['with a byte-order mark', bytes(`\ufeff${new TextDecoder().decode(log(1, 2))}`)],
    ['gzip', gz(log(1, 2))],
    ['gzip twice', gz(gz(log(1, 2)))],
    ['UTF-16', new Uint8Array(Buffer.from(`\ufeff${new TextDecoder().decode(log(1, 2))}`, 'utf16le'))],
    [
      'UTF-16 in gzip',
      gz(
        new Uint8Array(
          Buffer.from(
            `\ufeff{"Records":[${JSON.stringify(event(1, 'ü€😀'))},${JSON.stringify(event(2))}]}`,
            'utf16le',
          ),
        ),
      ),
    ],
  ])('%s', async (_name, file) => {
    const logs = await collect(file);
    const parts: Uint8Array[] = [];
    for await (const { bytes, offset } of textOf(memorySource(file))) {
      expect(offset).toBe(parts.reduce((sum, part) => sum + part.length, 0));
      parts.push(bytes.slice());
    }
    const text = Buffer.concat(parts);
    expect(numbersOf(jsonOf(logs))).toEqual([1, 2]);
    for (const { json, offset, length } of logs[0]!.records) {
      expect(text.subarray(offset, offset + length).toString()).toBe(json);
    }
  });
});

describe('the visitor', () => {
  test('hears of progress up to the size of the file', async () => {
    const file = makeZip([{ name: 'a.json', data: log(1) }]);
    const visitor = new CollectingVisitor();
    await readFile(memorySource(file), 'x.zip', visitor);
    expect(visitor.progressed).toBe(file.length);
  });

  test('can cancel: what was read stays, everything begun is ended as partial', async () => {
    const file = makeZip([1, 2, 3].map((number) => ({ name: `${number}.json`, data: log(number) })));
    const visitor = new CollectingVisitor();
    let asked = 0;
    visitor.cancelled = () => ++asked > 4;
    await readFile(memorySource(file), 'x.zip', visitor);
    expect(visitor.unfinished).toBe(0);
    const last = visitor.logs.at(-1)!;
    expect(last).toMatchObject({ entry: { path: 'x.zip' }, outcome: { state: 'partial' } });
    expect(last.outcome.reason).toContain('stopped');
    expect(visitor.logs.length).toBeLessThan(5);
  });

  test('its own failures come out of readFile', async () => {
    const sink = new Collector();
    sink.drain = () => Promise.reject(new Error('the store is gone'));
    const visitor: LogVisitor = {
      begin: () => sink,
      end: () => Promise.resolve(),
      progress: () => undefined,
      cancelled: () => false,
    };
    await expect(readFile(memorySource(log(1)), 'x', visitor)).rejects.toThrow('the store is gone');
  });

  test.each([0, 1, 2])(
    'a file that cannot be read any more is told so, failing at read %i',
    async (failing) => {
      const noise = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(150))).toString('base64');
      const records = Array.from({ length: 12_000 }, (_, number) => event(number, noise()));
      const file = gz(bytes(JSON.stringify({ Records: records })));
      expect(file.length).toBeGreaterThan(2 ** 20);
      let reads = 0;
      const source: ByteSource = {
        size: file.length,
        read: (from, to) =>
          reads++ >= failing
            ? Promise.reject(new Error('NotReadableError'))
            : Promise.resolve(file.subarray(from, to)),
      };
      const logs = await collect(source, 'x.json.gz');
      expect(logs).toHaveLength(1);
      expect(logs[0]!.outcome.reason).toContain('NotReadableError');
      expect(logs[0]!.outcome.state).not.toBe('analysed');
    },
  );
});

describe('a picture in a gzip file', () => {
  const picture = new Uint8Array(2000);
  picture.set([0xff, 0xd8, 0xff]);
  for (let at = 3, noise = 1; at < picture.length; at++) {
    noise = (Math.imul(noise, 1_103_515_245) + 12_345) >>> 0;
    picture[at] = noise >>> 16;
  }

  test('is refused', async () => {
    expect((await collect(gz(picture), 'x.gz'))[0]!.outcome).toMatchObject({
      state: 'refused',
      format: 'JPEG picture',
    });
  });

  test('that damage made of a beginning does not hide the records behind it', async () => {
    const file = new Uint8Array([...gz(picture).subarray(0, 300), ...gz(log(1, 2))]);
    const logs = await collect(file, 'x.gz');
    expect(numbersOf(jsonOf(logs))).toEqual([1, 2]);
    expect(logs[0]!.outcome.state).toBe('partial');
  });
});
