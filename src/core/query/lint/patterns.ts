/** Lints on regular expressions. */
import { leavesOf, type LeafNode, type RegexNode } from '../syntax/ast.ts';
import { edited, isText, useKeyword, valueSpan, type Lint, type Linted } from './lint.ts';

/** Characters that mean something in other dialects and are themselves, or something else, in this one. */
export function* foreignSyntax({ text, list }: Linted): Generator<Lint> {
  for (const leaf of regexesOf(list)) {
    yield* anchors(text, leaf);
    yield* groups(text, leaf);
    yield* escapes(text, leaf);
  }
}

/** Capitals in a pattern on a text field. */
export function* capitals({ text, list }: Linted): Generator<Lint> {
  for (const leaf of regexesOf(list)) {
    if (!isText(leaf) || !/\p{Lu}/u.test(leaf.pattern)) continue;
    yield {
      code: 'capitals-in-text-pattern',
      level: 'info',
      message:
        'this pattern runs on single lower-cased words and is lower-cased itself; use .keyword for the exact value',
      from: leaf.from,
      to: leaf.to,
      fix: useKeyword(text, leaf),
    };
  }
}

function* regexesOf(list: Linted['list']): Generator<RegexNode> {
  for (const leaf of leavesOf(list)) if (leaf.kind === 'regex') yield leaf;
}

/** Where the pattern of a leaf starts in the text: after the first slash. */
function patternAt(text: string, leaf: LeafNode): number {
  return valueSpan(text, leaf).from + 1;
}

function* anchors(text: string, leaf: RegexNode): Generator<Lint> {
  const { pattern } = leaf;
  const start = pattern.startsWith('^');
  const end = /(?<!\\)(?:\\\\)*\$$/.test(pattern);
  if (!start && !end) return;
  const at = patternAt(text, leaf);
  const edits = [
    ...(start ? [{ from: at, to: at + 1, insert: '' }] : []),
    ...(end ? [{ from: at + pattern.length - 1, to: at + pattern.length, insert: '' }] : []),
  ];
  yield {
    code: 'anchors',
    level: 'error',
    message:
      'patterns always match the whole value; ^ and $ are ordinary characters here, and this one will not match',
    from: leaf.from,
    to: leaf.to,
    fix: { label: 'Remove ^ and $', text: edited(text, ...edits) },
  };
}

function* groups(text: string, leaf: RegexNode): Generator<Lint> {
  const at = leaf.pattern.search(/(?<!\\)\(\?/);
  if (at < 0) return;
  const from = patternAt(text, leaf) + at;
  const flag = leaf.pattern.startsWith('(?i)');
  const fixable = flag || leaf.pattern.startsWith('(?:', at);
  const fix = flag
    ? {
        label: 'Write /…/i',
        text: edited(text, { from, to: from + 4, insert: '' }, { from: leaf.to, to: leaf.to, insert: 'i' }),
      }
    : { label: 'Write ( instead', text: edited(text, { from, to: from + 3, insert: '(' }) };
  yield {
    code: 'foreign-group',
    level: 'error',
    message: 'there is no (? syntax in these patterns: no look-around, no flags, no (?:…)',
    from,
    to: from + 2,
    ...(fixable ? { fix } : {}),
  };
}

const CLASSES: Readonly<Record<string, string>> = {
  d: '[0-9]',
  D: '[^0-9]',
  w: '[A-Za-z0-9_]',
  W: '[^A-Za-z0-9_]',
};

function* escapes(text: string, leaf: RegexNode): Generator<Lint> {
  const start = patternAt(text, leaf);
  for (const match of leaf.pattern.matchAll(/\\([^])/g)) {
    const letter = match[1]!;
    const from = start + match.index;
    const to = from + 2;
    if (/[dDwWsS]/.test(letter)) {
      const insert = CLASSES[letter];
      const inBrackets = /\[[^\]]*$/.test(leaf.pattern.slice(0, match.index));
      const note =
        isText(leaf) && /[DWS]/.test(letter)
          ? `, and lower-cased on a text field, so that it means \\${letter.toLowerCase()}`
          : '';
      yield {
        code: 'class-escape',
        level: note === '' ? 'info' : 'warning',
        message: `\\${letter} is a class of characters here, but a plain ${letter} in Elasticsearch and OpenSearch before Lucene 9${note}`,
        from,
        to,
        ...(insert === undefined || inBrackets
          ? {}
          : { fix: { label: `Write ${insert}`, text: edited(text, { from, to, insert }) } }),
      };
    } else if (/[nrtbBAzZfvx]/.test(letter)) {
      yield {
        code: 'letter-escape',
        level: 'warning',
        message: `\\${letter} is the letter ${letter} in these patterns`,
        from,
        to,
      };
    }
  }
}
