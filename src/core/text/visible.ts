/**
 * Characters that would hide, reorder or break a line of text, made visible. Whoever wrote a user agent or a
 * name must not decide how the rest of the screen reads (CVE-2021-42574, "Trojan Source").
 *
 * C0 controls become their Unicode control pictures (U+2400 block); C1 controls, bidirectional controls, zero-width
 * characters, line separators, tags and unpaired surrogates become `<U+202E>`.
 */
const HIDDEN =
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]|\p{Cs}/gu;

/** `text` as it may be put on one line of the screen. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (character) => {
    const code = character.codePointAt(0) as number;
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return '\u2421';
    return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}

/** Characters of a text that are shown where there is one line for it. */
const ONE_LINE = 400;

/** The beginning of `text` as it may be put on one line of the screen: what is longer than any line would only cost time. */
export function visibleLine(text: string): string {
  return text.length > ONE_LINE ? `${visible(text.slice(0, ONE_LINE))}…` : visible(text);
}

/** `text` with `\uXXXX` for each UTF-16 unit of such a character: for languages that read that back, as queries do. */
export function escapeHidden(text: string): string {
  return text.replace(HIDDEN, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
