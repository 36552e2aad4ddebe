import fc from 'fast-check';
import * as markdown from 'prettier/plugins/markdown';
import { describe, expect, it } from 'vitest';
import { compose } from '../../../../src/core/export/report/compose.ts';
import { writeHtml } from '../../../../src/core/export/report/html.ts';
import { writeMarkdown } from '../../../../src/core/export/report/markdown.ts';
import type { Zone } from '../../../../src/core/text/format.ts';
import { shown } from '../../../../src/core/export/report/shown.ts';
import { HOSTILE, reportOf } from './sample.ts';

/** What a reader makes of a text (remark, which prettier brings along). */
interface Node {
  type: string;
  depth?: number;
  value?: string;
  children?: Node[];
}

function read(text: string): Node {
  return markdown.parsers.markdown.parse(text, {} as never) as Node;
}

/** Texts by themselves: a value may be code or, where code cannot hold it, words. */
const LEAVES = new Set(['text', 'inlineCode', 'sentence', 'word', 'whitespace']);

/** The tree without its texts, one line a node. */
function skeleton(node: Node, indent = ''): string[] {
  if (LEAVES.has(node.type)) return [];
  const name = `${indent}${node.type}${node.depth === undefined ? '' : String(node.depth)}`;
  return [name, ...(node.children ?? []).flatMap((child) => skeleton(child, `${indent} `))];
}

function textOf(node: Node): string {
  return node.value ?? (node.children ?? []).map(textOf).join('');
}

function cellsOf(node: Node): Node[] {
  return node.type === 'tableCell' ? [node] : (node.children ?? []).flatMap(cellsOf);
}

/** A report in which all that may have a time has one, in both forms. */
function dated(zone: Zone): string {
  const report = reportOf('x');
  const span = { from: Date.UTC(2026, 6, 1), to: Date.UTC(2026, 6, 3) };
  const { scope } = report;
  const files = report.files!.files.map((file) => ({ ...file, ...span }));
  const document = compose({
    ...report,
    zone,
    scope: {
      ...scope,
      ...span,
      chart: { zone, start: span.from, step: 3_600_000, findings: [[1], [], [], [], []] },
    },
    findings: report.findings!.map((alert) => ({ ...alert, ...span })),
    files: { files, more: 0 },
  });
  return writeMarkdown(document) + writeHtml(document);
}

const write = (text: string): string => writeMarkdown(compose(reportOf(text)));
const usual = skeleton(read(write('x')));

describe('a report as Markdown', () => {
  it('has the chapters, and tables with as many cells as columns', () => {
    const text = write('x');
    expect(text).toContain('## What was looked at');
    expect(text).toContain('**12 findings of 1 alert in 1,200 events; 1 alert could not be evaluated');
    expect(usual.filter((line) => line.trim() === 'table').length).toBeGreaterThanOrEqual(4);
    expect(text).toMatch(/`x` = \*\*`x`\*\*/);
    expect(text.split('\n').filter((line) => line.startsWith('| Severity'))).toHaveLength(2);
  });

  it('writes times in the zone that was chosen, names it, and says the offset of each', () => {
    const before = process.env['TZ'];
    process.env['TZ'] = 'Europe/Berlin';
    try {
      const utc = dated('utc');
      const local = dated('local');
      expect(utc).toContain('All times are UTC.');
      expect(local).toContain('All times are of Europe/Berlin (UTC+02:00); each says its offset from UTC.');
      const times = (text: string): string[] =>
        text.match(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g) ?? [];
      expect(times(utc).length).toBeGreaterThan(12);
      expect(times(utc).every((time) => time.endsWith('Z'))).toBe(true);
      expect(times(local).every((time) => time.endsWith('+02:00'))).toBe(true);
      expect(times(local).map((time) => Date.parse(time))).toEqual(
        times(utc).map((time) => Date.parse(time)),
      );
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });

  it.each(HOSTILE.map((text) => [text.slice(0, 40), text]))('is built the same with %j in it', (_, text) => {
    expect(skeleton(read(write(text)))).toEqual(usual);
  });

  it('is built the same whatever is in it, and says it', () => {
    const piece = fc.oneof(
      fc.constantFrom(...HOSTILE.filter((text) => text.length < 100)),
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.stringMatching(/^[-+*_`~|\\<>[\](){}#!&$=.:1 \n]{1,12}$/),
    );
    const text = fc
      .array(piece, { minLength: 1, maxLength: 4 })
      .map((pieces) => pieces.join(''))
      .filter((joined) => joined.trim() !== '');
    fc.assert(
      fc.property(text, (hostile) => {
        const tree = read(write(hostile));
        expect(skeleton(tree)).toEqual(usual);
        const cells = cellsOf(tree).map((cell) => textOf(cell).replace(/\s+/g, ' '));
        expect(cells).toContain(shown(hostile).trim().replace(/\s+/g, ' '));
      }),
      { numRuns: 60 },
    );
  });

  it('shows nothing hidden, and of what is long the beginning', () => {
    for (const hostile of HOSTILE) {
      const text = write(hostile);
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\u200B-\u200F]/u);
      expect(text.length).toBeLessThan(600_000);
    }
    expect(write('x'.repeat(100_000))).toContain('(99,600 more characters)');
  });
});
