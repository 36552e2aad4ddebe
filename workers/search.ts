/** Entry of a search worker: looks through original bytes for what a query asks for. The page starts it, for the case worker. */
import * as Comlink from 'comlink';
import { wasm as inflater } from 'virtual:inflater';
import { wasm as seeker } from 'virtual:seeker';
import { useInflater } from '../src/core/bytes/index.ts';
import { useSeeker } from '../src/core/seek/text.ts';
import type { FoundPart, Search, SearchApi, Sought, SoughtPart } from './contract.ts';
import { serve } from './helpers/serve.ts';
import { Searcher } from './search/searcher.ts';

useInflater(inflater);
useSeeker(seeker);

const api: SearchApi = {
  start: async (sought: Sought) => Comlink.proxy(sending(new Searcher(sought))),
};

/** What is found is handed over, not copied. */
function sending(search: Search): Search {
  return {
    async look(part: SoughtPart): Promise<FoundPart> {
      const found = await search.look(part);
      return Comlink.transfer(found, [
        found.verdicts.buffer,
        found.json.buffer,
        found.ends.buffer,
      ] as ArrayBuffer[]);
    },
    end: () => search.end(),
  };
}

serve(api);
