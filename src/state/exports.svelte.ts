import type { CaseApi, ExportAnswer, ExportJob, ReportOptions } from '../../workers/contract.ts';
import type { Problems } from './problems.svelte.ts';

const USUAL: Omit<ReportOptions, 'zone'> = {
  title: '',
  author: '',
  findings: true,
  timeline: true,
  files: true,
  examples: 5,
};

/** Downloads: one is made at a time, in the case worker; the page is told how far it is and saves it. */
export class Exports {
  /** What is being made, as a job of the contract; null when nothing is. */
  running: ExportJob | null = $state.raw(null);
  /** Rows written of all; null until the case worker has told. */
  progress: { done: number; total: number } | null = $state.raw(null);
  /** Whether the person is being asked what a report shall hold. */
  reportAsked = $state(false);
  /** What it was last told; the zone is the one that the page writes times in. */
  format: 'html' | 'markdown' = $state('html');
  report: Omit<ReportOptions, 'zone'> = $state.raw(USUAL);
  #cases: CaseApi;
  #problems: Problems;

  constructor(cases: CaseApi, problems: Problems) {
    this.#cases = cases;
    this.#problems = problems;
  }

  clear(): void {
    this.progress = null;
    this.reportAsked = false;
    this.report = { ...this.report, title: '' };
  }

  /** The case worker told how far it is. */
  made(done: number, total: number): void {
    if (this.running !== null) this.progress = { done, total };
  }

  /** Makes a download. @returns it, or null when it was given up or failed, which has been shown then */
  async make(job: ExportJob): Promise<Extract<ExportAnswer, { ok: true }> | null> {
    if (this.running !== null) return null;
    this.running = job;
    try {
      const answer = await this.#cases.export(job);
      if (answer.ok) return answer;
      if (answer.why === 'failed') this.#problems.report('Exporting', answer.message);
    } catch (error) {
      this.#problems.report('Exporting', error);
    } finally {
      this.running = null;
      this.progress = null;
    }
    return null;
  }

  cancel(): void {
    void this.#cases.cancelExport();
  }
}
