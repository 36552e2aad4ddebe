/**
 * Entry of an ingest worker: reads files, scans records, matches rules, hands blocks to the case worker.
 */
import * as Comlink from 'comlink';
import { wasm as inflater } from 'virtual:inflater';
import { wasm as scanner } from 'virtual:scanner';
import { useInflater } from '../src/core/bytes/index.ts';
import { loadEngine } from '../src/core/scan/index.ts';
import { IngestReader } from './ingest/reader.ts';

// Compiled before it is wanted: a worker may be started ahead of the files.
loadEngine(scanner, 0);
useInflater(inflater);
Comlink.expose(new IngestReader());
