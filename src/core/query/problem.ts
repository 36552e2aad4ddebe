/** What is wrong with a query, and where: the form in which every error of this folder is reported. */
export interface QueryProblem {
  /** What is wrong and what to do about it, one sentence. */
  message: string;
  /** Line and column of the first wrong character, from 1; columns count UTF-16 code units. */
  line: number;
  column: number;
  /** The wrong part, as code-unit offsets in the query as written; `from === to` at the end of the query. */
  from: number;
  to: number;
  /** The line of the query with a line of carets under the wrong part. */
  picture: string;
}

/** Thrown for every query that cannot be understood; `message` holds the sentence, the position and the picture. */
export class QueryError extends Error {
  readonly problem: QueryProblem;

  constructor(problem: QueryProblem) {
    super(`${problem.message} (line ${problem.line}, column ${problem.column})\n${problem.picture}`);
    this.name = 'QueryError';
    this.problem = problem;
  }
}

/** Characters of the query shown around the wrong part when its line is long: as many as the alert editor has room for. */
const PICTURE_WIDTH = 50;
/** How many of them stand before the wrong part. */
const LEAD = 20;

/** Describes a problem at the code units `from` to `to` of the query `text`. */
export function problemAt(text: string, from: number, to: number, message: string): QueryProblem {
  const before = text.slice(0, from);
  const lineStart = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
  const lineEnd = text.slice(lineStart).search(/[\r\n]/);
  const line = lineEnd < 0 ? text.slice(lineStart) : text.slice(lineStart, lineStart + lineEnd);
  return {
    message,
    line: before.split(/\r\n|\r|\n/).length,
    column: from - lineStart + 1,
    from,
    to,
    picture: draw(line, from - lineStart, to - lineStart),
  };
}

/** Draws `line` with carets under the characters `from` to `to`; a long line is cut on both sides. */
function draw(line: string, from: number, to: number): string {
  const start =
    line.length <= PICTURE_WIDTH ? 0 : Math.max(0, Math.min(from - LEAD, line.length - PICTURE_WIDTH));
  const end = Math.min(line.length, start + PICTURE_WIDTH);
  const head = start > 0 ? '…' : '';
  const tail = end < line.length ? '…' : '';
  // Tabs stay tabs, so that the carets stand where the text does.
  const indent = head.replace('…', ' ') + line.slice(start, from).replace(/[^\t]/g, ' ');
  const carets = '^'.repeat(Math.max(1, Math.min(to, end) - from));
  return `${head}${line.slice(start, end)}${tail}\n${indent}${carets}`;
}
