/**
 * A document as one HTML file that needs nothing else: no script, nothing to load. Its policy says so to the browser, and
 * allows by hash the one style that stands in it.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Block, Document, Inline, Line } from './blocks.ts';
import { chartOf } from './chart.ts';
import { escapeHtml } from './escape-html.ts';
import { severityShape } from './severity.ts';
import { shown } from './shown.ts';
import { STYLE } from './style.ts';

/** @returns the file as text, to be written in UTF-8 */
export function writeHtml({ title, about, blocks }: Document): string {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${base64(sha256(utf8ToBytes(STYLE)))}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const name = escape(title);
  return `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Trailsift">
<title>${name}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1><bdi>${name}</bdi></h1>
${about.map((line) => `<p>${lineOf(line)}</p>`).join('\n')}
</header>
${contentsOf(blocks)}
<main>
${sectionsOf(blocks)}
</main>
</body>
</html>
`;
}

function escape(value: string, most?: number): string {
  return escapeHtml(shown(value, most));
}

/** The chapters, and below each the headings of its second level but one. */
function contentsOf(blocks: readonly Block[]): string {
  const items = blocks.flatMap((block) =>
    block.kind === 'heading' && block.level === 2
      ? [`<li><a href="#${escapeHtml(block.id)}">${lineOf(block.line)}</a></li>`]
      : [],
  );
  return `<nav aria-label="Contents"><ul>${items.join('')}</ul></nav>`;
}

/** Chapters become sections, so that a screen reader can name them. */
function sectionsOf(blocks: readonly Block[]): string {
  let html = '';
  let open = false;
  for (const block of blocks) {
    if (block.kind === 'heading' && block.level === 2) {
      html += `${open ? '</section>\n' : ''}<section aria-labelledby="${escapeHtml(block.id)}">\n`;
      open = true;
    }
    html += `${blockOf(block)}\n`;
  }
  return open ? `${html}</section>` : html;
}

function inlineOf(inline: Inline): string {
  if (typeof inline === 'string') return escape(inline);
  switch (inline.kind) {
    case 'text':
      return `<bdi>${escape(inline.text, inline.most)}</bdi>`;
    case 'code':
      return inline.text === '' ? '' : `<code>${escape(inline.text, inline.most)}</code>`;
    case 'strong':
      return `<strong>${lineOf(inline.of)}</strong>`;
    case 'faint':
      return `<span class="faint">${lineOf(inline.of)}</span>`;
    case 'break':
      return '<br>';
    case 'severity':
      return `<span class="severity">${severityShape(inline.severity)}${inline.severity}</span>`;
  }
}

function lineOf(line: Line): string {
  return line.map(inlineOf).join('');
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'heading': {
      const tag = `h${String(block.level)}`;
      return `<${tag} id="${escapeHtml(block.id)}">${lineOf(block.line)}</${tag}>`;
    }
    case 'paragraph':
      return `<p>${lineOf(block.line)}</p>`;
    case 'facts':
      return `<dl>${block.facts.map(([term, line]) => `<div><dt>${escape(term)}</dt><dd>${lineOf(line)}</dd></div>`).join('')}</dl>`;
    case 'list':
      return `<ul>${block.lines.map((line) => `<li>${lineOf(line)}</li>`).join('')}</ul>`;
    case 'table':
      return tableOf(block);
    case 'events':
      return eventsOf(block);
    case 'chart':
      return chartOf(block.chart, block.name);
  }
}

function headOf(name: string, head: readonly string[], numbers: readonly number[]): string {
  const cells = head.map((one, i) => `<th scope="col"${numberClass(numbers, i)}>${escape(one)}</th>`);
  return `<caption>${escape(name)}</caption><thead><tr>${cells.join('')}</tr></thead>`;
}

function tableOf({ name, head, rows, numbers = [] }: Extract<Block, { kind: 'table' }>): string {
  const body = rows.map(
    (cells) =>
      `<tr>${cells.map((line, i) => `<td${numberClass(numbers, i)}>${lineOf(line)}</td>`).join('')}</tr>`,
  );
  return `<table>${headOf(name, head, numbers)}<tbody>\n${body.join('\n')}\n</tbody></table>`;
}

function eventsOf({ name, head, rows }: Extract<Block, { kind: 'events' }>): string {
  const bodies = rows.map(({ cells, below }) => {
    const first = `<tr>${cells.map((line) => `<td>${lineOf(line)}</td>`).join('')}</tr>`;
    const items = below.map((line) => `<li>${lineOf(line)}</li>`).join('');
    const second = `<tr class="below"><td colspan="${String(head.length)}"><ul>${items}</ul></td></tr>`;
    return `<tbody>${first}${below.length > 0 ? second : ''}</tbody>`;
  });
  return `<table class="events">${headOf(name, head, [])}\n${bodies.join('\n')}\n</table>`;
}

function numberClass(numbers: readonly number[], column: number): string {
  return numbers.includes(column) ? ' class="number"' : '';
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The core has no `btoa`. */
function base64(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3);
    const all = (a << 16) | (b << 8) | c;
    const rest = bytes.length - i;
    out += BASE64[all >> 18]! + BASE64[(all >> 12) & 63]!;
    out += (rest > 1 ? BASE64[(all >> 6) & 63]! : '=') + (rest > 2 ? BASE64[all & 63]! : '=');
  }
  return out;
}
