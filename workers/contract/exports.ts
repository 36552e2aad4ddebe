/** Downloads: what the page asks the case worker to make. The page only saves it. */
import type { Zone } from '../../src/core/text/format.ts';

export type ExportJob =
  /**
   * What a view selects: as CSV, in the order of the view; as JSON Lines (findings only, each with its evidence), in
   * the order of the files and of the records in them. `alert` narrows findings to those of one alert.
   */
  | { kind: 'csv' | 'jsonl'; view: number; alert: string | null }
  /** The whole case as one document. */
  | { kind: 'report'; format: 'html' | 'markdown'; options: ReportOptions };

export interface ReportOptions {
  /** '' for the usual one. */
  title: string;
  /** Who made it; '' to leave it out. */
  author: string;
  /** Chapters beside those that a report always has. */
  findings: boolean;
  timeline: boolean;
  files: boolean;
  /** Findings shown of each alert at most. */
  examples: number;
  /**
   * In which zone times are written. People read reports; CSV and JSON Lines are read by programs and always in UTC.
   */
  zone: Zone;
}

export type ExportAnswer =
  | { ok: true; blob: Blob; name: string; rows: number }
  | { ok: false; why: 'cancelled' }
  | { ok: false; why: 'failed'; message: string };
