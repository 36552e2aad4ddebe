/**
 * Entry of the case worker. One for a page: it owns the case, its findings and the only IndexedDB connection.
 */
import * as Comlink from 'comlink';
import { wasm } from 'virtual:inflater';
import { useInflater } from '../src/core/bytes/index.ts';
import { CaseService } from './case/service.ts';

useInflater(wasm);
Comlink.expose(new CaseService());
