/** Findings over time as an SVG: bars, most severe at the bottom. */
import { SEVERITIES } from '../../rules/index.ts';
import { count, instant, plural } from '../../text/format.ts';
import { escapeHtml } from './escape-html.ts';
import type { Chart } from './model.ts';

/** In units of the drawing, which is as wide as the page. */
const WIDTH = 900;
const HEIGHT = 72;
/** The least that one severity takes of a bar, so that one finding can be seen beside ten thousand. */
const LEAST = 2;

const UNITS: readonly [ms: number, name: string][] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1000, 'second'],
];

/** @returns the picture; '' when nothing is dated */
export function chartOf({ start, step, findings, zone }: Chart, name: string): string {
  const bars = findings[0]?.length ?? 0;
  let most = 0;
  for (let bar = 0; bar < bars; bar++) {
    most = Math.max(
      most,
      findings.reduce((sum, one) => sum + one[bar]!, 0),
    );
  }
  if (most === 0) return '';
  const width = WIDTH / bars;
  const scale = (HEIGHT - 4) / most;
  const paths = SEVERITIES.map(() => '');
  for (let bar = 0; bar < bars; bar++) {
    let base = HEIGHT;
    SEVERITIES.forEach((_, rank) => {
      const n = findings[rank]![bar]!;
      if (n === 0) return;
      const top = Math.max(0, base - Math.max(LEAST, n * scale));
      paths[rank] +=
        `M${short(bar * width)} ${short(base)}V${short(top)}h${short(Math.max(1, width - 1))}V${short(base)}z`;
      base = top;
    });
  }
  const shapes = SEVERITIES.map((severity, rank) => `<path class="${severity}" d="${paths[rank]!}"/>`);
  const [first, last] = [instant(start, zone), instant(start + bars * step, zone)];
  const words = `Findings ${per(step)}, at most ${count(most)}`;
  return `<figure>
<svg role="img" aria-label="${escapeHtml(`${name}, from ${first} to ${last}`)}" viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT + 1)}">${shapes.join('')}<path class="axis" d="M0 ${String(HEIGHT)}H${String(WIDTH)}v1H0z"/></svg>
<figcaption><span>${first}</span><span>${words}</span><span>${last}</span></figcaption>
</figure>`;
}

/** `per minute`, `per 10 minutes` */
function per(step: number): string {
  const [unit, name] = UNITS.find(([ms]) => step >= ms && step % ms === 0) ?? [1, 'millisecond'];
  const n = step / unit;
  return n === 1 ? `per ${name}` : `per ${plural(n, name)}`;
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
