/** Times in the sample are ms since the epoch, UTC; here are the forms in which AWS writes them into records. */

/** One minute and one hour in ms. */
export const MINUTE = 60_000;
export const HOUR = 3_600_000;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** ms of `day` of March 2026 at `time` (`hh:mm` or `hh:mm:ss`). The incident takes place from the 16th to the 18th. */
export function march(day: number, time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return Date.UTC(2026, 2, day, hours, minutes, seconds);
}

/** `2026-03-17T01:12:04Z`, as in eventTime. */
export function isoTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** `Mar 17, 2026, 1:12:04 AM`, as in the answers of STS and KMS. */
export function longTime(ms: number): string {
  return `${datePart(ms)}, ${timePart(ms)}`;
}

/** `Mar 17, 2026 1:12:04 AM`, as in the answers of IAM. */
export function iamTime(ms: number): string {
  return `${datePart(ms)} ${timePart(ms)}`;
}

function datePart(ms: number): string {
  const date = new Date(ms);
  return `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}`;
}

function timePart(ms: number): string {
  const date = new Date(ms);
  const hours = date.getUTCHours();
  const two = (n: number): string => `${n}`.padStart(2, '0');
  return `${hours % 12 || 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${hours < 12 ? 'AM' : 'PM'}`;
}
