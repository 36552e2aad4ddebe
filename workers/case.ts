/**
 * Entry of the case worker. One for a page: it owns the case, its findings and the only IndexedDB connection.
 */
import * as Comlink from 'comlink';
import { wasm as inflater } from 'virtual:inflater';
import { wasm as seeker } from 'virtual:seeker';
import { useInflater } from '../src/core/bytes/index.ts';
import { useSeeker } from '../src/core/seek/text.ts';
import { CaseService } from './case/service.ts';

useInflater(inflater);
useSeeker(seeker);
Comlink.expose(new CaseService());
