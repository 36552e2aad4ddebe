/**
 * What a string of a record holds besides itself: policies are logged as JSON in a string, IAM answers with
 * them URL-encoded, and the user data of instances is base64.
 */

export interface Embedded {
  /** What was taken off, for people. */
  how: 'JSON in a string' | 'URL-encoded JSON' | 'base64 text';
  kind: 'json' | 'text';
  /** What it holds, decoded. */
  text: string;
}

/** Longer strings are left alone: what is looked for is far smaller, and nobody reads more. */
const LONGEST = 1 << 20;

/**
 * @param key the key that the string stands at; base64 is decoded only where AWS puts text in it (`userData`)
 * @param value the string, decoded from the record's JSON
 * @returns null for a string that is nothing but itself
 */
export function embeddedIn(key: string, value: string): Embedded | null {
  if (value.length > LONGEST) return null;
  if (/^\s*[{[]/.test(value)) return ofJson('JSON in a string', value);
  if (/^\s*%(?:7B|5B)/i.test(value)) return ofUrl(value);
  if (/^userData$/i.test(key)) return ofBase64(value);
  return null;
}

function ofUrl(value: string): Embedded | null {
  try {
    // IAM encodes by RFC 3986, where a plus is a plus (API reference, "PolicyVersion").
    return ofJson('URL-encoded JSON', decodeURIComponent(value));
  } catch {
    return null;
  }
}

function ofJson(how: Embedded['how'], text: string): Embedded | null {
  try {
    const value: unknown = JSON.parse(text);
    const holds = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
    return holds ? { how, kind: 'json', text } : null;
  } catch {
    return null;
  }
}

function ofBase64(value: string): Embedded | null {
  const digits = value.replace(/\s/g, '');
  if (digits.length < 4 || !/^[A-Za-z0-9+/]+={0,2}$/.test(digits)) return null;
  try {
    const bytes = Uint8Array.from(atob(digits), (character) => character.charCodeAt(0));
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // Compressed or encrypted bytes are seldom UTF-8, and never without control characters.
    return /(?![\t\r\n])\p{Cc}/u.test(text) ? null : { how: 'base64 text', kind: 'text', text };
  } catch {
    return null;
  }
}
