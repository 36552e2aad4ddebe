/**
 * Entry of the case worker. One for a page: it owns the case, its findings and the only IndexedDB connection.
 */
import * as Comlink from 'comlink';
import { embeddedGeo } from './case/geo.ts';
import { CaseService } from './case/service.ts';

Comlink.expose(new CaseService(embeddedGeo()));
