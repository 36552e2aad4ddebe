/** Entry of an unpack worker: takes gzip off large files, for an ingest worker that scans what comes out meanwhile. */
import * as Comlink from 'comlink';
import { wasm as inflater } from 'virtual:inflater';
import { useInflater } from '../src/core/bytes/index.ts';
import type { UnpackApi, Unpacking } from './contract.ts';
import { serve } from './helpers/serve.ts';
import { FileUnpacking } from './unpack/unpacking.ts';

useInflater(inflater);

const api: UnpackApi = {
  echo: async (buffer) => Comlink.transfer(buffer, [buffer]),
  start: async (file) => Comlink.proxy(sending(new FileUnpacking(file))),
};

/** Pieces are handed over, not copied. */
function sending(unpacking: Unpacking): Unpacking {
  return {
    async next(spent) {
      const piece = await unpacking.next(spent);
      return Comlink.transfer(piece, piece.bytes === null ? [] : [piece.bytes.buffer]);
    },
    close: () => unpacking.close(),
  };
}

serve(api);
