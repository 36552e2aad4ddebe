import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { memorySource } from '../../../src/core/bytes/index.ts';
import { readFile, type ReadOptions } from '../../../src/core/formats/index.ts';
import {
  BROKEN,
  INCOMPLETE,
  type ByteSource,
  type LogEntry,
  type LogOutcome,
  type LogVisitor,
  type RecordSink,
} from '../../../src/core/formats/sink.ts';

export interface CollectedRecord {
  json: string;
  offset: number;
  length: number;
  wrapped: boolean;
}

export interface CollectedLog {
  entry: LogEntry;
  outcome: LogOutcome;
  records: CollectedRecord[];
}

const DECODER = new TextDecoder();
const STRICT = new TextDecoder('utf-8', { fatal: false });

/** Takes records by matching braces and JSON.parse: slow, and as strict as the language. */
export class Collector implements RecordSink {
  readonly records: CollectedRecord[] = [];

  record(bytes: Uint8Array, start: number, end: number, offset: number): number {
    if (bytes[start] !== 0x7b) return BROKEN;
    let depth = 0;
    let inString = false;
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      if (inString) {
        if (byte === 0x5c) at++;
        else if (byte === 0x22) inString = false;
        else if (byte < 0x20) return BROKEN;
      } else if (byte === 0x22) {
        inString = true;
      } else if (byte === 0x7b || byte === 0x5b) {
        depth++;
      } else if (byte === 0x7d || byte === 0x5d) {
        if (--depth > 0) continue;
        const json = STRICT.decode(bytes.subarray(start, at + 1));
        if (!isJsonObject(json)) return BROKEN;
        this.records.push({ json, offset, length: at + 1 - start, wrapped: false });
        return at + 1;
      }
    }
    return INCOMPLETE;
  }

  wrapped(bytes: Uint8Array, offset: number, length: number): boolean {
    const json = DECODER.decode(bytes);
    if (!isJsonObject(json)) return false;
    this.records.push({ json, offset, length, wrapped: true });
    return true;
  }

  drain(): Promise<void> {
    return Promise.resolve();
  }
}

function isJsonObject(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** A visitor that keeps everything. */
export class CollectingVisitor implements LogVisitor {
  readonly logs: CollectedLog[] = [];
  readonly #open: { entry: LogEntry; sink: Collector }[] = [];
  progressed = 0;

  begin(entry: LogEntry): RecordSink {
    const sink = new Collector();
    this.#open.push({ entry, sink });
    return sink;
  }

  end(entry: LogEntry, outcome: LogOutcome): Promise<void> {
    const begun = this.#open.shift();
    if (begun?.entry !== entry) throw new Error('end does not follow its begin');
    this.logs.push({ entry, outcome, records: begun.sink.records });
    return Promise.resolve();
  }

  progress(bytes: number): void {
    this.progressed = bytes;
  }

  cancelled(): boolean {
    return false;
  }

  get unfinished(): number {
    return this.#open.length;
  }
}

/** Reads bytes as a file and returns its logs. */
export async function collect(
  input: Uint8Array | string | ByteSource,
  path = 'log.json',
  options: ReadOptions = {},
): Promise<CollectedLog[]> {
  const source =
    typeof input === 'string'
      ? memorySource(new TextEncoder().encode(input))
      : input instanceof Uint8Array
        ? memorySource(input)
        : input;
  const visitor = new CollectingVisitor();
  await readFile(source, path, visitor, options);
  if (visitor.unfinished > 0) throw new Error('a log was begun and not ended');
  return visitor.logs;
}

/** The JSON texts of all records in some logs, in order. */
export function jsonOf(logs: readonly CollectedLog[]): string[] {
  return logs.flatMap((log) => log.records.map((record) => record.json));
}

/** Paths of all files below a folder, sorted. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesBelow(path) : [path];
    });
}

export function bytesOf(path: string): Uint8Array {
  return new Uint8Array(readFileSync(path));
}
