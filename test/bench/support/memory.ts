/** The most memory that a page took, told by Linux; NaN elsewhere. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';

/**
 * @param profile folder of the browser's profile: its processes carry it in their command lines
 * @returns most resident memory that the page's own process (the renderer) has had so far, workers included, MB
 */
export function peakOfRenderer(profile: string): number {
  if (!existsSync('/proc/self/status')) return NaN;
  let most = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (!command.includes('--type=renderer') || !command.includes(profile)) continue;
      const [, kilobytes = '0'] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      most = Math.max(most, Number(kilobytes) / 1024);
    } catch {
      // It has ended meanwhile.
    }
  }
  return most;
}
