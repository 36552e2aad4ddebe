import type { ExportJob } from '../../../workers/contract.ts';
import type { Exports } from '../../state/exports.svelte.ts';
import { save } from '../parts/save.ts';

/**
 * Has a download made and saves it. What goes wrong is shown where everything is that goes wrong.
 *
 * @returns whether there was something to save
 */
export async function download(exports: Exports, job: ExportJob): Promise<boolean> {
  const made = await exports.make(job);
  if (made !== null) save(made.blob, made.name);
  return made !== null;
}
