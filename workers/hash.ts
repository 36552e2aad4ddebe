/** SHA-256 of what was given: the evidence of a finding names it. */
import { sha256 as streaming } from '@noble/hashes/sha2.js';

/** Up to this size the browser hashes in one go; beyond, piece by piece, so that memory stays bounded. */
const IN_ONE_GO = 256 << 20;
const PIECE = 8 << 20;

/** @returns 64 hex digits */
export async function sha256(bytes: Uint8Array | Blob): Promise<string> {
  if (bytes instanceof Uint8Array) return digest(bytes as Uint8Array<ArrayBuffer>);
  if (bytes.size <= IN_ONE_GO) return digest(await bytes.arrayBuffer());
  const hash = streaming.create();
  for (let at = 0; at < bytes.size; at += PIECE) {
    hash.update(new Uint8Array(await bytes.slice(at, at + PIECE).arrayBuffer()));
  }
  return hex(hash.digest());
}

async function digest(bytes: BufferSource): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** Two hex digits by byte. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte]!;
  return text;
}
