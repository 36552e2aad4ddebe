/** Bytes of a record as text. */
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
const fatal = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @returns the record, or undefined when it is not JSON */
export function parseRecord(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(lenient.decode(bytes));
  } catch {
    return undefined;
  }
}

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    fatal.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
