/** JSON text of any arrangement, damaged anywhere: whatever record stays whole is found. */
import fc from 'fast-check';
import { sniffBytes } from '../../src/core/bytes/sniff.ts';
import { collect, jsonOf } from '../core/formats/collect.ts';
import { event } from '../core/formats/events.ts';
import { damage, wounds } from './damage.ts';

export interface Arranged {
  text: Uint8Array;
  /** Where the records stand in the text, and what they are. */
  records: { from: number; to: number; json: string }[];
}

const ARRANGEMENTS = {
  log: { before: '{"Records":[', between: ',', after: ']}', indent: 0 },
  pretty: { before: '{\n  "Records": [\n', between: ',\n', after: '\n  ]\n}\n', indent: 2 },
  array: { before: '[', between: ', ', after: ']', indent: 0 },
  lines: { before: '', between: '\n', after: '\n', indent: 0 },
  together: { before: '', between: '', after: '', indent: 0 },
} as const;

/** Records with parameters of any kind, arranged in one of the ways in which they come. */
export const arranged: fc.Arbitrary<Arranged> = fc
  .tuple(
    fc.array(fc.jsonValue({ maxDepth: 3 }), { minLength: 1, maxLength: 12 }),
    fc.constantFrom(...Object.values(ARRANGEMENTS)),
  )
  .map(([parameters, arrangement]) => arrange(parameters, arrangement));

function arrange(parameters: unknown[], how: (typeof ARRANGEMENTS)[keyof typeof ARRANGEMENTS]): Arranged {
  const parts: Uint8Array[] = [];
  const records: Arranged['records'] = [];
  let at = 0;
  const add = (text: string): number => {
    const bytes = new TextEncoder().encode(text);
    parts.push(bytes);
    return (at += bytes.length);
  };
  add(how.before);
  parameters.forEach((value, number) => {
    if (number > 0) add(how.between);
    const json = JSON.stringify(event(number, value), null, how.indent);
    records.push({ from: at, to: add(json), json });
  });
  add(how.after);
  return { text: new Uint8Array(Buffer.concat(parts)), records };
}

/** What was not found of what must be. */
export function missing(expected: readonly string[], found: readonly string[]): string[] {
  const there = new Set(found);
  return expected.filter((json) => !there.has(json));
}

export const damagedJson = fc.asyncProperty(
  arranged,
  wounds,
  fc.integer({ min: 1, max: 4000 }),
  async ({ text, records }, some, chunkSize) => {
    const { bytes, spared } = damage(text, some);
    // What begins like another kind of file is one.
    fc.pre(sniffBytes(bytes).kind === 'other');
    const logs = await collect(bytes, 'log.json', { chunkSize });
    const found = jsonOf(logs);
    for (const json of found) JSON.parse(json);
    const whole = records.filter(({ from, to }) => spared(from, to)).map(({ json }) => json);
    const lost = missing(whole, found);
    if (lost.length > 0) {
      throw new Error(
        `Lost ${lost.length} of ${whole.length} in:\n${new TextDecoder().decode(bytes)}\n${lost.join('\n')}`,
      );
    }
    if (found.length < records.length && logs.every(({ outcome }) => outcome.state === 'analysed')) {
      // Damage may turn text into other text; where a record is gone and nothing is said, it never was one.
      const gone = records.filter(({ from, to }) => !spared(from, to)).length;
      if (found.length + gone < records.length) throw new Error('Records are gone and nothing was said.');
    }
  },
);
