/** Text out of a log as part of a line of Markdown: shown as it is, never taken for markup, a link or HTML. */
import { visible } from './visible.ts';

/** What CommonMark and GitHub's extensions (autolinks, strikethrough, mentions) read as markup within a line. */
const MARKUP = /[\\`*_[\]<>|~#&@]|:(?=\/\/)|(?<=\bwww)\./gi;

/** `text` as plain words within a line of Markdown; not to begin the line with. */
export function markdownText(text: string): string {
  return visible(text).replace(MARKUP, (mark) => (mark === '&' ? '&amp;' : `\\${mark}`));
}
