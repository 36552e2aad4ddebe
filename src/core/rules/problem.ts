/** Problems of rule files, told with their place: line, column and the line itself with a caret under the spot. */
import { nearest } from '../query/lint/nearest.ts';
import { problemAt } from '../query/problem.ts';

export interface RuleProblem {
  file: string;
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 code units. */
  column: number;
  /** What is wrong and, where it can be told, what to write instead. */
  message: string;
  /** The line with a caret under the column, ready for a monospaced font. */
  picture: string;
}

/** Thrown where one bad rule stops the work; its text has place, message and picture. */
export class RuleError extends Error {
  readonly problem: RuleProblem;

  constructor(problem: RuleProblem) {
    super(`${problem.file}:${problem.line}:${problem.column}: ${problem.message}\n${problem.picture}`);
    this.name = 'RuleError';
    this.problem = problem;
  }
}

/** The text of one rule file, able to say where in it something is. */
export class RuleText {
  readonly file: string;
  readonly text: string;

  /** @param file its path, for messages  @param text its content; a byte order mark is dropped */
  constructor(file: string, text: string) {
    this.file = file;
    this.text = text.startsWith('\uFEFF') ? text.slice(1) : text;
  }

  /** Throws the problem `message` at the characters `from` to `to` of the text. */
  fail(from: number, message: string, to = from): never {
    const { line, column, picture } = problemAt(this.text, from, to, message);
    throw new RuleError({ file: this.file, line, column, message, picture });
  }
}

/** ` (did you mean "name"?)` with the nearest word of `known`, or '' when none is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const best = nearest(word.slice(0, 80), known);
  return best === null ? '' : ` (did you mean "${best}"?)`;
}
