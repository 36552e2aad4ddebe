/** Downloads: which is being made, how far it is, and the pauses in which the worker answers the page meanwhile. */
import type { ExportAnswer, ExportJob, GeoInfo } from '../contract.ts';
import { exportCsv } from './csv.ts';
import { exportJsonl } from './jsonl.ts';
import type { OpenCase } from './open-case.ts';
import { exportReport } from './report.ts';
import type { View, Views } from './views.ts';

/** The worker works this long at a stretch, ms: the page waits no longer for an answer. */
const STRETCH_MS = 40;

/** A download that is being made. */
export class ExportRun {
  /** Rows to write, and those that are written. */
  total = 0;
  done = 0;
  #cancelled = false;
  #since = performance.now();

  constructor(private readonly tell: (done: number, total: number) => void) {}

  cancel(): void {
    this.#cancelled = true;
  }

  /**
   * To be asked often. Now and then it says how far the download is and lets the worker do what else it was asked.
   *
   * @returns whether to go on
   */
  goOn(): boolean | Promise<boolean> {
    if (performance.now() - this.#since < STRETCH_MS) return !this.#cancelled;
    this.tell(this.done, this.total);
    return new Promise((resolve) => {
      setTimeout(() => {
        this.#since = performance.now();
        resolve(!this.#cancelled);
      });
    });
  }
}

/** What an export gives: the file's parts and a name for it; null when it was given up. */
export interface Made {
  blob: Blob;
  rows: number;
  name: string;
}

/**
 * Makes a download. Whatever goes wrong is an answer, too.
 *
 * @param geo the database of countries in use
 */
export async function makeExport(
  opened: OpenCase,
  views: Views,
  job: ExportJob,
  geo: GeoInfo,
  run: ExportRun,
): Promise<ExportAnswer> {
  try {
    const made = await make(opened, views, job, geo, run);
    return made === null ? { ok: false, why: 'cancelled' } : { ok: true, ...made };
  } catch (error) {
    return { ok: false, why: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

async function make(
  opened: OpenCase,
  views: Views,
  job: ExportJob,
  geo: GeoInfo,
  run: ExportRun,
): Promise<Made | null> {
  if (job.kind === 'report') return exportReport(opened, views, job, fileNameOf(opened.row.name), geo, run);
  const view = views.get(job.view);
  if (!view || (view.kind === 'findings' && view.items.some((item) => item >= opened.table.findings))) {
    throw new Error('The table has changed since. Apply the filter again, then export.');
  }
  const { fields } = views.state();
  const narrowed = job.alert === null ? view : narrow(opened, view, job.alert);
  const name = [fileNameOf(opened.row.name), view.kind, ...(job.alert === null ? [] : [job.alert])].join('-');
  return job.kind === 'csv'
    ? exportCsv(opened, fields, narrowed, name, run)
    : exportJsonl(opened, fields, narrowed, name, run);
}

/** The findings of one alert among those of a view. */
function narrow({ table, rules }: OpenCase, view: View, alert: string): View {
  const rule = rules.findIndex(({ id }) => id === alert);
  return { ...view, items: view.items.filter((item) => table.hitRule[item] === rule) };
}

/** @returns the case's name as a file name: letters, digits, `.`, `_` and `-` */
export function fileNameOf(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60) || 'case';
}
