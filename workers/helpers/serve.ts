/** The helper's side: a worker that the page starts, and another worker asks. */
import * as Comlink from 'comlink';
import type { HelperApi } from '../contract.ts';
import { holdForLife } from '../life.ts';

/** @param api what the worker answers that it helps */
export function serve(api: object): void {
  const helper: HelperApi = {
    connect: async (port, life) => {
      await holdForLife(life);
      Comlink.expose(api, port);
    },
  };
  Comlink.expose(helper);
}
