/**
 * Same event ID, other bytes: is it the same record in another dress (pretty-printed, keys in another order)?
 */
import type { Block } from '../../src/core/table/block.ts';
import type { EventTable } from '../../src/core/table/event-table.ts';
import type { Doubtful } from '../../src/core/table/intake.ts';
import type { SourceArchive, Span } from './archive.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Doubtful records compared in one parcel at most; more of them are taken for different. */
const MOST_COMPARED = 20_000;

/**
 * @returns for each doubtful row whose content equals that of an event of the case: row -> event.
 *   Records that cannot be read back are left out: they count as different, and are kept.
 */
export async function equalDoubtful(
  doubtful: readonly Doubtful[],
  block: Block,
  sourceOf: (key: number) => number,
  table: EventTable,
  archive: SourceArchive,
): Promise<Map<number, number>> {
  const equal = new Map<number, number>();
  if (doubtful.length === 0) return equal;
  const some = doubtful.slice(0, MOST_COMPARED);
  const contents = new Map<string, string>();
  const wanted = new Map<string, Span & { key: string }>();
  for (const { row, events } of some) {
    const source = sourceOf(block.source[row]!);
    wanted.set(`new ${row}`, {
      key: `new ${row}`,
      source,
      offset: block.offset[row]!,
      length: block.length[row]!,
    });
    for (const event of events) {
      wanted.set(`old ${event}`, { key: `old ${event}`, ...table.spanOf(event) });
    }
  }
  try {
    await archive.read([...wanted.values()], (span, json) =>
      contents.set(span.key, canonical(decoder.decode(json))),
    );
  } catch {
    // A source whose bytes are not all here yet: what was read so far is compared, the rest counts as different.
  }
  for (const { row, events } of some) {
    const content = contents.get(`new ${row}`);
    const match =
      content === undefined ? undefined : events.find((event) => contents.get(`old ${event}`) === content);
    if (match !== undefined) equal.set(row, match);
  }
  return equal;
}

/** JSON text with keys in one order and no white space. */
function canonical(json: string): string {
  return JSON.stringify(JSON.parse(json), (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
