/**
 * Entry of an ingest worker: reads files, scans records, matches rules, hands blocks to the case worker.
 */
import * as Comlink from 'comlink';
import { wasm } from 'virtual:scanner';
import { loadEngine } from '../src/core/scan/index.ts';
import { IngestReader } from './ingest/reader.ts';

// Compiled before it is wanted: a worker may be started ahead of the files.
loadEngine(wasm, 0);
Comlink.expose(new IngestReader());
