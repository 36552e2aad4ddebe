/** Reads RFC 4180, and throws at anything that is not: the tests' own reader, one character at a time. */
export function parseCsv(file: string): string[][] {
  const text = file.startsWith('\ufeff') ? file.slice(1) : file;
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        if (at >= text.length) throw new Error('A quote does not end');
        if (text[at] === '"') at++;
        cell += text[at]!;
      }
      at++;
    } else {
      for (; at < text.length && text[at] !== ',' && text[at] !== '\r'; at++) {
        if (text[at] === '"' || text[at] === '\n')
          throw new Error(`Bare ${JSON.stringify(text[at])} at ${at}`);
        cell += text[at]!;
      }
    }
    row.push(cell);
    if (text[at] === ',') {
      at++;
      // A comma at the very end of a line leaves an empty cell behind it.
      if (text[at] === '\r') row.push('');
      else continue;
    }
    if (text[at] !== '\r' || text[at + 1] !== '\n')
      throw new Error(`No CRLF after the cell that ends at ${at}`);
    at += 2;
    rows.push(row);
    row = [];
  }
  return rows;
}
