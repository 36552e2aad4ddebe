/** A regular expression that cannot be read or is too costly; offsets are code units of the pattern. */
export class RegexError extends Error {
  readonly from: number;
  readonly to: number;

  constructor(message: string, from: number, to: number) {
    super(message);
    this.name = 'RegexError';
    this.from = from;
    this.to = to;
  }
}
