/**
 * Entry of an ingest worker: reads files, scans records, matches rules, hands blocks to the case worker.
 */
import * as Comlink from 'comlink';
import { IngestReader } from './ingest/reader.ts';

Comlink.expose(new IngestReader());
