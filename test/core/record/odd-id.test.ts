import { expect, it } from 'vitest';
import { writeOddId } from '../../../src/core/record/odd-id.ts';

const bytesOf = (text: string): string => {
  const bytes = new Uint8Array(20);
  writeOddId(text, bytes, 2);
  expect([...bytes.subarray(0, 2), ...bytes.subarray(18)]).toEqual([0, 0, 0, 0]);
  return Array.from(bytes.subarray(2, 18), (byte) => byte.toString(16).padStart(2, '0')).join('');
};

// They stand in cases that were stored long ago.
it.each([
  ['a', '8b4d0f768abbb71e68a820cd93192339'],
  ['0123456789abcdef0', '88978d9a97a3cc9db54074583400de9d'],
  ['Événement 1234567890 1234567890', 'daec106ec8f31be62091fce392d7a342'],
])('the ID "%s" is told by the same bytes as ever', (text, bytes) => {
  expect(bytesOf(text)).toBe(bytes);
});

it('is never what says that there is none', () => {
  expect(bytesOf('')).not.toMatch(/^0+$/);
});
