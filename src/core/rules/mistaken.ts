/** Files that are taken for rule files and are something else: what they are, and what to do with them. */
import { isMap, isScalar, type ParsedNode } from 'yaml';

/** What a text that cannot be one of rules is, or null. Its first characters tell. */
export function mistakenText(text: string): string | null {
  const start = text.slice(0, 2_000);
  if (/^(?:PK\x03\x04|\x1f)/.test(start))
    return 'This is a packed file; unpack it, and import the rule files in it.';
  if (/\0|^\ufffd/.test(start))
    return 'This is no text in UTF-8, which rule files must be; if it is text, save it as UTF-8.';
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(start)) return 'This is a web page or XML, not a rule file.';
  return null;
}

/** Keys that name the kind of file, with what is said of it. */
const KINDS: readonly (readonly [keys: readonly string[], message: string])[] = [
  [['Records'], 'This is a CloudTrail log, not a rule; drop it on the page to have it analysed.'],
  [
    ['eventName', 'eventSource'],
    'This is a CloudTrail record, not a rule; drop it on the page to have it analysed.',
  ],
  [
    ['logsource', 'detection'],
    'This is a Sigma rule, whose conditions are written in another language; write what it looks for as a query.',
  ],
  [
    ['rule_id', 'risk_score'],
    'This is a detection rule of Elastic Security, whose fields have other names; write what it looks for as a query.',
  ],
  [
    ['AnalysisType', 'RuleID'],
    'This is a rule of Panther, which is a program; write what it looks for as a query.',
  ],
];

/** What a mapping that is no rule is, or null. */
export function mistakenMapping(node: ParsedNode): string | null {
  if (!isMap(node)) return null;
  const has = (wanted: string): boolean =>
    node.items.some(({ key }) => isScalar(key) && key.value === wanted);
  return KINDS.find(([keys]) => keys.every(has))?.[1] ?? null;
}

/** What the messages of the YAML library mean to somebody who writes rules; '' when they say it themselves. */
export function hintFor(message: string, text: string): string {
  if (message.startsWith('Nested mappings are not allowed'))
    return ' Text with a colon and a space in it must stand in quotes, or below its key after |-.';
  if (message.startsWith('Unexpected scalar at node end'))
    return ' Something follows a closing quote: inside "…" a quote is written \\", or put the whole in \'…\'.';
  if (message.startsWith('Unexpected map-value-ind') && text.trimStart().startsWith('{'))
    return ' Several rules in JSON must be one list: [{…}, {…}].';
  return '';
}
