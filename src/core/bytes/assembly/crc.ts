/** CRC-32 (RFC 1952 section 8; reflected polynomial EDB88320), sixteen bytes a step. */

const STEPS: i32 = 16;
/** By how many bytes stand behind it, and byte. */
const tables: usize = heap.alloc(STEPS << 10);

for (let byte = 0; byte < 256; byte++) {
  let crc: u32 = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  store<u32>(tables + (byte << 2), crc);
}
for (let i = 256; i < STEPS << 8; i++) {
  const crc = load<u32>(tables + ((i - 256) << 2));
  store<u32>(tables + (i << 2), (crc >>> 8) ^ load<u32>(tables + ((crc & 0xff) << 2)));
}

/** The part of the CRC that comes of the four bytes of `word`, with `behind` bytes behind the last of them. */
@inline
function part(word: u32, behind: i32): u32 {
  return (
    load<u32>(tables + ((behind + 3) << 10) + ((word & 0xff) << 2)) ^
    load<u32>(tables + ((behind + 2) << 10) + (((word >>> 8) & 0xff) << 2)) ^
    load<u32>(tables + ((behind + 1) << 10) + (((word >>> 16) & 0xff) << 2)) ^
    load<u32>(tables + (behind << 10) + ((word >>> 24) << 2))
  );
}

/** @returns the CRC of what `before` is the CRC of and of the bytes from `at` to `end` behind it */
export function crc32(at: usize, end: usize, before: u32): u32 {
  let crc = ~before;
  for (; at + 16 <= end; at += 16) {
    crc =
      part(load<u32>(at) ^ crc, 12) ^ part(load<u32>(at, 4), 8) ^ part(load<u32>(at, 8), 4) ^ part(load<u32>(at, 12), 0);
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ load<u32>(tables + (((crc ^ load<u8>(at)) & 0xff) << 2));
  return ~crc;
}
