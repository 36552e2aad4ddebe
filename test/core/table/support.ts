/** Tables from records, for tests. */
import { wasm } from 'virtual:scanner';
import { BROKEN, INCOMPLETE } from '../../../src/core/formats/sink.ts';
import { loadEngine } from '../../../src/core/scan/index.ts';
import type { Block } from '../../../src/core/table/block.ts';
import { BlockBuilder } from '../../../src/core/table/builder.ts';
import { EventTable } from '../../../src/core/table/event-table.ts';
import { CodeMap, accept } from '../../../src/core/table/intake.ts';
import type { PlaceOf, Rows, Vocabulary } from '../../../src/core/table/rows.ts';

const encoder = new TextEncoder();
const noHits = { rule: new Uint16Array(0), row: new Uint32Array(0) };

/** A builder that holds the given records, as JSON texts. */
export function builderOf(texts: readonly string[]): BlockBuilder {
  const builder = new BlockBuilder(
    loadEngine(wasm, 1 << 22),
    () => {
      throw new Error('A test table fits one block.');
    },
    () => Promise.resolve(),
  );
  builder.beginSource(0);
  addTo(builder, texts);
  return builder;
}

/** Gives a builder more records, as JSON texts. */
export function addTo(builder: BlockBuilder, texts: readonly string[]): void {
  for (const text of texts) {
    const bytes = encoder.encode(text);
    const after = builder.record(bytes, 0, bytes.length, 0);
    if (after === INCOMPLETE || after === BROKEN) throw new Error(`Not a record: ${text}`);
  }
}

/** The rows of a builder and what explains their codes. */
export function rowsOf(
  builder: BlockBuilder,
  placeOf: PlaceOf | null = null,
): { rows: Rows; vocabulary: Vocabulary } {
  return {
    rows: builder.inHand(),
    vocabulary: {
      values: builder.engine.values,
      topLevelKeys: new Set(builder.engine.topLevelKeys()),
      placeOf,
    },
  };
}

/** A block of the given records, without findings. */
export function blockOf(texts: readonly string[]): ReturnType<BlockBuilder['seal']> {
  return builderOf(texts).seal(noHits);
}

/** A table that has taken in the given blocks, as if each came from another worker. */
export function tableOf(...blocks: Block[]): EventTable {
  const table = new EventTable();
  for (const block of blocks) accept(table, block, new CodeMap(), (key) => key, new Map());
  return table;
}
