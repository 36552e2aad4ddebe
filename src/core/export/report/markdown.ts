/**
 * A document as GitHub Flavored Markdown (CommonMark 0.31, GFM 0.29). What must not be taken for markup becomes a
 * character reference, which no reader takes for structure (CommonMark §2.5), so a cell stays a cell and a line a line.
 */
import type { Block, Document, Inline, Line } from './blocks.ts';
import { shown } from './shown.ts';

/** @returns the document, with a line break at its end */
export function writeMarkdown({ title, about, blocks }: Document): string {
  return [`# ${escape(title)}`, ...about.map(lineOf), ...blocks.map(blockOf)]
    .filter((block) => block !== '')
    .map((block) => `${block}\n`)
    .join('\n');
}

/**
 * What can mean something within a line. An underscore between letters cannot; a colon, a dot or an @ can where a reader makes
 * links of what looks like an address (GFM §6.9).
 */
const MARKUP =
  /[\\`*{}[\]<>#~|&$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|:(?=\/\/)|(?<=mailto|xmpp):|(?<=www)\.|(?<=\w)@(?=\w)/gi;
/** What can mean something at the beginning of a line only. */
const AT_START = /^[-+=]|(?<=^\d+)[.)]/;

/** Text that stands for itself, wherever it stands. */
function escape(value: string, most?: number): string {
  return shown(value, most).trim().replace(MARKUP, reference);
}

function reference(character: string): string {
  return `&#${String(character.charCodeAt(0))};`;
}

/** A value as code; where code could not hold it exactly, as text. */
function codeOf(value: string, most: number): string {
  const line = shown(value, most);
  return line === '' || /[`|\\]|^\s|\s$/.test(line) ? escape(value, most) : `\`${line}\``;
}

function inlineOf(inline: Inline): string {
  if (typeof inline === 'string') return padded(inline);
  switch (inline.kind) {
    case 'text':
      return escape(inline.text, inline.most);
    case 'code':
      return codeOf(inline.text, inline.most);
    case 'strong':
      return `**${joined(inline.of)}**`;
    case 'faint':
      return joined(inline.of);
    case 'break':
      return ' ';
    case 'severity':
      return inline.severity;
  }
}

/** Our own words: the blanks around them part them from what stands beside. */
function padded(words: string): string {
  const [, before, after] = /^( *).*?( *)$/.exec(words) as unknown as [string, string, string];
  return words.trim() === '' ? words : before + escape(words) + after;
}

function joined(line: Line): string {
  return line.map(inlineOf).join('');
}

/** A line by itself: a paragraph, an item, a cell. */
function lineOf(line: Line): string {
  return joined(line).replace(AT_START, reference);
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${lineOf(block.line)}`;
    case 'paragraph':
      return lineOf(block.line);
    case 'facts':
      return block.facts.map(([term, line]) => `- **${escape(term)}:** ${lineOf(line)}`).join('\n');
    case 'list':
      return block.lines.map((line) => `- ${lineOf(line)}`).join('\n');
    case 'table':
      return tableOf(block);
    case 'events':
      // Said first, so that two lists do not run into one.
      return `${escape(block.name)}:\n\n${block.rows
        .map(({ cells, below }) =>
          [
            `- ${cells.map(lineOf).filter(Boolean).join(' · ')}`,
            ...below.map((line) => `  - ${lineOf(line)}`),
          ].join('\n'),
        )
        .join('\n')}`;
    case 'chart':
      return ''; // A picture; its numbers stand in the text.
  }
}

function tableOf({ head, rows, numbers = [] }: Extract<Block, { kind: 'table' }>): string {
  const row = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(head.map((name) => escape(name))),
    row(head.map((_, i) => (numbers.includes(i) ? '---:' : '---'))),
    ...rows.map((cells) => row(cells.map(lineOf))),
  ].join('\n');
}
