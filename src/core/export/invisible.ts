/**
 * Characters that cannot be seen or that reorder what is seen, as files for machines write them: escapes as in JSON, so
 * that a program reads back what a person could not see.
 */

/** Control characters but tab and line break, format characters (bidirectional, zero-width), lone surrogates. */
const INVISIBLE = /(?![\t\r\n])[\p{Cc}\p{Cf}\p{Cs}]/gu;

/** `text` with `\uXXXX` for each UTF-16 unit of what cannot be seen. */
export function escapeInvisible(text: string): string {
  return text.replace(INVISIBLE, (character) =>
    Array.from(
      { length: character.length },
      (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
