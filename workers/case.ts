/**
 * Entry of the case worker. One for a page: it owns the case, its findings and the only IndexedDB connection.
 */
import * as Comlink from 'comlink';
import { CaseService } from './case/service.ts';

Comlink.expose(new CaseService());
