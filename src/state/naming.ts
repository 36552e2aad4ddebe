import type { Given } from '../ingest/index.ts';

/** Longest name given to a case by itself, characters. */
const LONGEST = 60;

/** What is being read, as a name for the case: the folder, the one file, or the first of many. */
export function caseName(given: Given): string {
  const names = given.kind === 'files' ? given.files.map((one) => one.path) : droppedNames(given.transfer);
  const first = names[0];
  if (first === undefined) return 'New case';
  const folder = /^\/?([^/]+)\//.exec(first)?.[1];
  const name = folder ?? first.replace(/(\.(json|jsonl|ndjson|log|csv|txt|tar|tgz|gz|zip))+$/i, '');
  const more = folder === undefined && names.length > 1 ? ` and ${String(names.length - 1)} more` : '';
  const short = name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name;
  return (short || 'New case') + more;
}

function droppedNames(transfer: DataTransfer): string[] {
  return Array.from(transfer.files, (file) => file.name);
}
