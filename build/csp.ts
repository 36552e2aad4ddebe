import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** What the page may do besides running its own inline code. There is no `connect-src`: it may not talk to anyone. */
const FIXED_DIRECTIVES = [
  'worker-src blob:',
  'img-src data: blob:',
  'font-src data:',
  "base-uri 'none'",
  "form-action 'none'",
];

interface InlineBlock {
  kind: 'script' | 'style';
  /** The text between the tags: what a browser hashes. */
  text: string;
}

/**
 * Vite plugin that writes the Content-Security-Policy into the built page. It has to stand after
 * `viteSingleFile()`, because it hashes what finally stands in the file.
 */
export function contentSecurityPolicy(): Plugin {
  return {
    name: 'trailsift:content-security-policy',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === 'asset' && file.fileName.endsWith('.html')) {
            file.source = withPolicy(String(file.source));
          }
        }
      },
    },
  };
}

/**
 * Puts a `<meta http-equiv="Content-Security-Policy">` first into the page's head: `default-src 'none'`,
 * and by hash the inline scripts and styles that stand in the page.
 *
 * Throws an Error when the page holds something that the policy would block or that a browser would read
 * otherwise than it is hashed here: it is better not to build than to build a page that stays blank.
 */
export function withPolicy(html: string): string {
  const blocks = inlineBlocks(html);
  refuseWhatIsBlocked(html, blocks);
  const policy = [
    "default-src 'none'",
    // The scanner is WebAssembly, compiled from bytes that the page carries: this allows that, and no `eval`.
    sourceList('script-src', blocks, 'script', " 'wasm-unsafe-eval'"),
    sourceList('style-src', blocks, 'style'),
    ...FIXED_DIRECTIVES,
  ].join('; ');
  const head = /<head[^>]*>/i.exec(html);
  if (!head) throw new Error('The built page has no <head> to put its Content-Security-Policy in.');
  const at = head.index + head[0].length;
  return `${html.slice(0, at)}\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />${html.slice(at)}`;
}

/** The base64 SHA-256 of a text in UTF-8, as CSP level 3 wants it: `'sha256-...'`. */
export function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

/** Finds the inline scripts and styles the way an HTML parser does: raw text up to the first closing tag. */
export function inlineBlocks(html: string): InlineBlock[] {
  const blocks: InlineBlock[] = [];
  const opening = /<(script|style)\b[^>]*>/gi;
  for (let tag = opening.exec(html); tag; tag = opening.exec(html)) {
    const kind = tag[1]?.toLowerCase() === 'script' ? 'script' : 'style';
    const rest = html.slice(opening.lastIndex);
    const end = rest.search(kind === 'script' ? /<\/script[\s/>]/i : /<\/style[\s/>]/i);
    if (end < 0) throw new Error(`The built page has a <${kind}> that is never closed.`);
    blocks.push({ kind, text: rest.slice(0, end) });
    opening.lastIndex += end;
  }
  return blocks;
}

function sourceList(
  directive: string,
  blocks: InlineBlock[],
  kind: InlineBlock['kind'],
  besides = '',
): string {
  const hashes = blocks.filter((block) => block.kind === kind).map((block) => hashSource(block.text));
  return `${directive} ${hashes.length > 0 ? hashes.join(' ') + besides : "'none'"}`;
}

function refuseWhatIsBlocked(html: string, blocks: InlineBlock[]): void {
  for (const { kind, text } of blocks) {
    // HTML parsers read CR as LF and U+0000 as U+FFFD; `<!--` changes how the rest of a script is read.
    if (/[\r\0]/.test(text) || (kind === 'script' && text.includes('<!--'))) {
      throw new Error(`An inline ${kind} holds a character or a comment that browsers read otherwise.`);
    }
  }
  let markup = html;
  for (const { text } of blocks) markup = markup.replace(text, () => '');
  const blocked =
    /<script\b[^>]*\ssrc=|<link\b[^>]*\srel="?stylesheet|<[a-z][^>]*\s(?:style|on[a-z]+)=/i.exec(markup);
  if (blocked) throw new Error(`The policy would block this part of the page: ${blocked[0].slice(0, 120)}`);
}
