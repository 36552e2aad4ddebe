/** From records to log files as CloudTrail delivers them to a bucket. */
import { isoTime, MINUTE } from './clock.ts';
import { fileTag } from './ids.ts';
import { WINDOW } from './noise/window.ts';
import { Random } from './random.ts';
import type { Entry } from './trail.ts';

/** A log file: its key in the bucket, and its text. */
export interface SampleFile {
  path: string;
  text: string;
}

/** Every how many files one is delivered a second time, by another trail into the same bucket. */
const TWICE = 41;

/**
 * One file for each account, region and five minutes that has records, in the order of the paths. As in a real bucket
 * the records of a file are not in the order of time, and some files come twice, under another name.
 */
export function logFiles(entries: readonly Entry[]): SampleFile[] {
  const random = new Random('files');
  const byWindow = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = `${entry.account} ${entry.region} ${Math.floor(entry.at / WINDOW)}`;
    const list = byWindow.get(key);
    if (list) list.push(entry);
    else byWindow.set(key, [entry]);
  }
  const files: SampleFile[] = [];
  [...byWindow.values()].forEach((list, i) => {
    const text = JSON.stringify({ Records: shuffled(list, random).map((entry) => entry.json) });
    files.push({ path: pathOf(list[0]!, random), text });
    if (i % TWICE === TWICE - 1) files.push({ path: pathOf(list[0]!, random), text });
  });
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The key of the file that holds the window of `entry`: delivered five to ten minutes after the window began. */
function pathOf({ account, region, at }: Entry, random: Random): string {
  const delivered = Math.floor(at / WINDOW) * WINDOW + 5 * MINUTE + random.below(2) * 5 * MINUTE;
  const [date = '', time = ''] = isoTime(delivered).split('T');
  const stamp = `${date.replaceAll('-', '')}T${time.slice(0, 5).replace(':', '')}Z`;
  const name = `${account}_CloudTrail_${region}_${stamp}_${fileTag(random)}.json`;
  return `AWSLogs/${account}/CloudTrail/${region}/${date.replaceAll('-', '/')}/${name}`;
}

/** The entries, neighbours swapped here and there. */
function shuffled(entries: readonly Entry[], random: Random): Entry[] {
  const list = [...entries].sort((a, b) => a.at - b.at);
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.max(0, i - random.below(12));
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
  return list;
}
