/** Untrusted text as a report shows it. */
import { count } from '../../text/format.ts';
import { visible } from '../../text/visible.ts';

/** Longest text that is shown of one value, in UTF-16 units, unless its place allows more: the record has the rest. */
export const MOST = 400;

/** @returns one line: hidden characters visible, and of a long text its beginning and how much more there is */
export function shown(text: string, most = MOST): string {
  if (text.length <= most) return visible(text);
  // Not between the halves of a surrogate pair, which would both be shown as unpaired.
  const end = /[\ud800-\udbff]/.test(text[most - 1]!) ? most - 1 : most;
  return `${visible(text.slice(0, end))}… (${count(text.length - end)} more characters)`;
}
