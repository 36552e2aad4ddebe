/**
 * Rule files as YAML 1.2 (core schema), read with suspicion: a rule may come from anywhere. Readers take nodes of the
 * `yaml` library apart and throw a RuleError at the first thing that is not as it must be.
 */
import {
  Composer,
  isMap,
  isScalar,
  isSeq,
  Parser,
  type CST,
  type Document,
  type ParsedNode,
  type Scalar,
} from 'yaml';
import { refusal } from './guard.ts';
import { hintFor, mistakenText } from './mistaken.ts';
import { didYouMean, type RuleText } from './problem.ts';

/** Largest rule file: room for some 100 rules with examples, 1,000 without. Beyond is a mistake, such as a log. */
const MAX_CHARS = 1_000_000;

/** Most documents in one file. */
const MAX_DOCUMENTS = 1_000;

/** The root nodes of all documents in the file. Throws at the first thing that is not YAML or not allowed. */
export function readRoots(text: RuleText): ParsedNode[] {
  if (text.text.length > MAX_CHARS) {
    text.fail(
      0,
      `The file is larger than ${MAX_CHARS / 1e6} million characters; split it, if it holds rules.`,
    );
  }
  const mistaken = mistakenText(text.text);
  if (mistaken !== null) text.fail(0, mistaken);
  const refused = refusal(text.text);
  if (refused) text.fail(refused.at, refused.message);
  const roots: ParsedNode[] = [];
  let documents = 0;
  // Duplicate keys are looked for below: the library compares each key with each other one.
  const composer = new Composer({ uniqueKeys: false, stringKeys: true, prettyErrors: false });
  for (const document of composer.compose(tokensOf(text))) {
    const { contents } = document as Document.Parsed;
    const [first] = [...document.errors, ...document.warnings];
    if (first) text.fail(first.pos[0], notYaml(first.message, text));
    if (contents && !isNull(contents)) roots.push(contents);
    if (++documents > MAX_DOCUMENTS)
      text.fail(document.range[0], `The file has more than ${MAX_DOCUMENTS} documents.`);
  }
  return roots;
}

/** The tokens of the file. Stops at the first error, of which there could be one for each character. */
function* tokensOf(text: RuleText): Generator<CST.Token> {
  for (const token of new Parser().parse(text.text)) {
    if (token.type === 'error') text.fail(token.offset, notYaml(token.message, text));
    yield token;
  }
}

/** One `key: value` of a mapping. */
export interface Entry {
  key: Scalar.Parsed;
  /** Null when nothing stands after the colon. */
  value: ParsedNode | null;
}

/**
 * The entries of a mapping by key.
 *
 * @param what names the mapping in messages: "a rule", "an example"
 * @param known the keys it may have, or null when any will do
 */
export function readMap(
  text: RuleText,
  node: ParsedNode,
  what: string,
  known: readonly string[] | null,
): Map<string, Entry> {
  if (!isMap(node))
    return text.fail(node.range[0], `${what} must be a mapping of keys to values, not ${kindOf(node)}.`);
  const entries = new Map<string, Entry>();
  for (const pair of node.items) {
    const key = pair.key as ParsedNode | null;
    if (!isScalar(key) || typeof key.value !== 'string') {
      return text.fail(key?.range[0] ?? node.range[0], `A key of ${what} must be a plain word.`);
    }
    if (known && !known.includes(key.value)) {
      text.fail(
        key.range[0],
        `${what} has no key "${key.value}"${didYouMean(key.value, known)}. It may have ${known.join(', ')}.`,
      );
    }
    if (entries.has(key.value)) text.fail(key.range[0], `The key "${key.value}" is there twice.`);
    const value = pair.value as ParsedNode | null;
    entries.set(key.value, { key: key as Scalar.Parsed, value: isNull(value) ? null : value });
  }
  return entries;
}

/** The items of a list. */
export function readList(text: RuleText, entry: Entry | undefined, what: string): ParsedNode[] {
  if (!entry) return [];
  const node = entry.value ?? text.fail(entry.key.range[0], `${what} is empty; write [] for an empty list.`);
  if (!isSeq(node)) return text.fail(node.range[0], `${what} must be a list, not ${kindOf(node)}.`);
  return node.items.map((item) => {
    const value = item as ParsedNode | null;
    return value && !isNull(value)
      ? value
      : text.fail(value?.range[0] ?? node.range[0], `${what} has an empty item.`);
  });
}

/** The text of a scalar, without blanks around it. */
export function readText(text: RuleText, node: ParsedNode, what: string): string {
  if (!isScalar(node)) return text.fail(node.range[0], `${what} must be text, not ${kindOf(node)}.`);
  if (typeof node.value !== 'string') {
    const quoted = JSON.stringify(String(node.source));
    return text.fail(
      node.range[0],
      `${what} must be text, not ${kindOf(node)}; put it in quotes: ${quoted}.`,
    );
  }
  const value = node.value.trim();
  return value === '' ? text.fail(node.range[0], `${what} is empty.`) : value;
}

/** A node as plain JSON values. */
export function readJson(text: RuleText, node: ParsedNode | null): unknown {
  if (node === null) return null;
  if (isMap(node)) {
    const object: Record<string, unknown> = {};
    for (const [key, entry] of readMap(text, node, 'A record', null)) {
      // Defined, not assigned: a key `__proto__` is data like any other.
      Object.defineProperty(object, key, {
        value: readJson(text, entry.value),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return object;
  }
  if (isSeq(node)) return node.items.map((item) => readJson(text, item as ParsedNode | null));
  return isScalar(node) ? node.value : null;
}

/** What a node is, in words. */
export function kindOf(node: ParsedNode): string {
  if (isMap(node)) return 'a mapping';
  if (isSeq(node)) return 'a list';
  const value = isScalar(node) ? node.value : null;
  if (value === null) return 'nothing';
  return typeof value === 'string' ? 'text' : `the ${typeof value} ${String(value)}`;
}

function isNull(node: ParsedNode | null): boolean {
  return node === null || (isScalar(node) && node.value === null);
}

/** An error of the library as a sentence, with what it means where that is not plain. */
function notYaml(message: string, { text }: RuleText): string {
  const line = message.split('\n', 1)[0]!.trim();
  return `This is not valid YAML: ${line}${/[.!?]$/.test(line) ? '' : '.'}${hintFor(line, text)}`;
}
