/** A document without a format: what `html.ts` and `markdown.ts` write. Texts are as they are; escaping is the writers'. */
import type { Severity } from '../../rules/index.ts';
import type { Chart } from './model.ts';
import { MOST } from './shown.ts';

/** A piece of a line. Strings are our words; the rest may come from anywhere. */
export type Inline =
  | string
  | { kind: 'text'; text: string; most: number }
  /** A value as recorded: an identifier, an address, a condition. */
  | { kind: 'code'; text: string; most: number }
  | { kind: 'strong'; of: Inline[] }
  | { kind: 'faint'; of: Inline[] }
  | { kind: 'severity'; severity: Severity }
  /** The next line, within a paragraph or a cell. */
  | { kind: 'break' };

export type Line = Inline[];

export type Block =
  | { kind: 'heading'; level: 2 | 3 | 4; id: string; line: Line }
  | { kind: 'paragraph'; line: Line }
  | { kind: 'facts'; facts: [term: string, line: Line][] }
  | { kind: 'list'; lines: Line[] }
  | { kind: 'table'; name: string; head: string[]; rows: Line[][]; numbers?: readonly number[] }
  /** Events one under another: a line of cells, and below it what else there is to say of it. */
  | { kind: 'events'; name: string; head: string[]; rows: { cells: Line[]; below: Line[] }[] }
  | { kind: 'chart'; name: string; chart: Chart };

export interface Document {
  title: string;
  /** Under the title. */
  about: Line[];
  blocks: Block[];
}

/** @param most UTF-16 units of it that are shown */
export const text = (value: string, most = MOST): Inline => ({ kind: 'text', text: value, most });
export const code = (value: string, most = MOST): Inline => ({ kind: 'code', text: value, most });
export const strong = (...of: Inline[]): Inline => ({ kind: 'strong', of });
export const BREAK: Inline = { kind: 'break' };
export const faint = (...of: Inline[]): Inline => ({ kind: 'faint', of });
