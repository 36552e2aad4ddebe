import { character, type RegexTree } from './tree.ts';

/**
 * The decimal numbers from `min` to `max`, as Lucene's `<n-m>` has them (Automata.makeDecimalInterval):
 * `digits` > 0 asks for exactly so many digits, 0 allows any number of leading zeros.
 */
export function decimalInterval(min: number, max: number, digits: number): RegexTree {
  const width = digits > 0 ? digits : String(max).length;
  const low = String(min).padStart(width, '0');
  const high = String(max).padStart(width, '0');
  const fixed = between(low, high);
  if (digits > 0) return fixed;
  // Without a fixed width, every number is taken at its own length, with zeros before it.
  const zeros: RegexTree = { kind: 'repeat', part: character(0x30), min: 0, max: Infinity };
  const shorter: RegexTree[] = [];
  for (let length = 1; length <= width; length++) {
    const first = Math.max(min, length === 1 ? 0 : 10 ** (length - 1));
    const last = Math.min(max, 10 ** length - 1);
    if (first <= last) shorter.push(between(String(first), String(last)));
  }
  return { kind: 'concatenation', parts: [zeros, { kind: 'union', parts: shorter }] };
}

/** The strings of digits, as long as both bounds, that lie between them. */
function between(low: string, high: string): RegexTree {
  if (/^0*$/.test(low) && /^9*$/.test(high)) return anyDigits(low.length);
  const [first, last] = [low.charCodeAt(0), high.charCodeAt(0)];
  const rest = low.length - 1;
  if (first === last) return sequence(character(first), between(low.slice(1), high.slice(1)));
  const parts = [
    sequence(character(first), between(low.slice(1), '9'.repeat(rest))),
    sequence(character(last), between('0'.repeat(rest), high.slice(1))),
  ];
  if (last - first > 1)
    parts.push(sequence({ kind: 'set', ranges: [[first + 1, last - 1]] }, anyDigits(rest)));
  return { kind: 'union', parts };
}

function anyDigits(count: number): RegexTree {
  return { kind: 'repeat', part: { kind: 'set', ranges: [[0x30, 0x39]] }, min: count, max: count };
}

function sequence(...parts: RegexTree[]): RegexTree {
  return { kind: 'concatenation', parts };
}
