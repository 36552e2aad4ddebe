/** Lints on the fields of conditions. */
import { leavesOf, type LeafNode } from '../syntax/ast.ts';
import { FIELDS, fieldAt, isInSchema } from '../../record/schema.ts';
import { escapeTerm } from '../syntax/escape.ts';
import { edited, isKeyword, KEYWORD, pathOf, valueSpan, type Lint, type Linted } from './lint.ts';
import { nearest } from './nearest.ts';

/** Fields that people look for under another name. */
const KNOWN_MISTAKES: Readonly<Record<string, string>> = {
  recipientAccountName: 'recipientAccountId',
  accountId: 'recipientAccountId',
  account: 'recipientAccountId',
  region: 'awsRegion',
  sourceIP: 'sourceIPAddress',
  sourceIp: 'sourceIPAddress',
  userName: 'userIdentity.userName',
  mfaAuthenticated: 'userIdentity.sessionContext.attributes.mfaAuthenticated',
  MFAUsed: 'additionalEventData.MFAUsed',
  ConsoleLogin: 'responseElements.ConsoleLogin',
};

/** Fields that neither CloudTrail nor the data has. */
export function* unknownFields({ text, list, context }: Linted): Generator<Lint> {
  for (const leaf of leavesOf(list)) {
    const path = pathOf(leaf);
    if (path === null || isInSchema(path) || isInData(path, context.fields)) continue;
    const place = placeOf(leaf, text);
    const meant = suggestion(path, context.fields);
    yield {
      code: 'unknown-field',
      level: 'warning',
      message: `CloudTrail has no field ${path}${meant === null ? '' : `; did you mean ${meant}?`}`,
      ...place,
      ...(meant === null
        ? {}
        : {
            fix: {
              label: `Use ${meant}`,
              text: edited(text, { ...place, insert: escapeTerm(renamed(leaf, meant)) }),
            },
          }),
    };
  }
}

function isInData(path: string, fields: ReadonlySet<string> | undefined): boolean {
  if (fields === undefined) return false;
  if (fields.has(path)) return true;
  for (const field of fields) if (field.startsWith(`${path}.`)) return true;
  return false;
}

/** Where the name of the field stands. */
function placeOf(leaf: LeafNode, text: string): { from: number; to: number } {
  const field = leaf.field!;
  if (field.name !== '_exists_') return { from: field.from, to: field.to };
  return valueSpan(text, leaf);
}

function renamed(leaf: LeafNode, path: string): string {
  return isKeyword(leaf) ? path + KEYWORD : path;
}

/** The field that was probably meant. */
function suggestion(path: string, fields: ReadonlySet<string> | undefined): string | null {
  const mistake = KNOWN_MISTAKES[path];
  if (mistake !== undefined && Object.hasOwn(KNOWN_MISTAKES, path)) return mistake;
  const known = [...FIELDS.map((field) => field.path), ...(fields ?? [])];
  const ending = known.find((each) => each.toLowerCase().endsWith(`.${path.toLowerCase()}`));
  if (ending !== undefined) return ending;
  // Parameters of the call are looked for at the top again and again.
  if (
    path === 'publiclyAccessible' ||
    path === 'groupName' ||
    path === 'policyArn' ||
    path === 'bucketName'
  ) {
    return `requestParameters.${path}`;
  }
  return nearest(path, known);
}

/** `.keyword` of a field whose values are not strings. */
export function* keywordsOfOtherTypes({ text, list }: Linted): Generator<Lint> {
  for (const leaf of leavesOf(list)) {
    if (!isKeyword(leaf)) continue;
    const field = leaf.field!;
    const type = fieldAt(pathOf(leaf) ?? '')?.type;
    if (type !== 'boolean' && type !== 'number' && type !== 'date') continue;
    const edit = { from: field.to - KEYWORD.length, to: field.to, insert: '' };
    yield {
      code: 'keyword-of-other-type',
      level: type === 'date' ? 'warning' : 'error',
      message:
        type === 'date'
          ? `${field.name.slice(0, -KEYWORD.length)} is a date; with .keyword it is compared as text`
          : `${field.name.slice(0, -KEYWORD.length)} is a ${type} and has no .keyword: this never matches`,
      from: field.from,
      to: field.to,
      fix: { label: 'Remove .keyword', text: edited(text, edit) },
    };
  }
}

/** `_exists_:err*`, which is no wildcard. */
export function* existsWildcards({ text, list }: Linted): Generator<Lint> {
  for (const leaf of leavesOf(list)) {
    if (
      leaf.field?.name !== '_exists_' ||
      leaf.kind === 'term' ||
      leaf.kind === 'phrase' ||
      leaf.kind === 'parameter'
    )
      continue;
    const place = placeOf(leaf, text);
    const value = text.slice(place.from, place.to);
    const isWildcard = leaf.kind === 'prefix' || leaf.kind === 'wildcard';
    yield {
      code: 'exists-wildcard',
      level: 'error',
      message: 'after _exists_: stands the name of a field; an unescaped wildcard there matches nothing',
      ...place,
      ...(isWildcard
        ? {
            fix: {
              label: 'Escape the wildcard',
              text: edited(text, { ...place, insert: value.replace(/\*/g, '\\*') }),
            },
          }
        : {}),
    };
  }
}
