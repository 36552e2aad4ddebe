/** What the chart shows, and its geometry: bars as SVG paths, ticks of the time axis. */

export interface ChartData {
  /** Start of the first bar and width of each, ms. */
  start: number;
  step: number;
  /** Findings by bar, by severity, critical first. */
  findings: readonly Uint32Array[];
  /** Events by bar, from the bottom up: by outcome, or all as one of no name. */
  events: readonly { name: '' | 'success' | 'error' | 'denied'; counts: Uint32Array }[];
}

/** A stack of bars: one path for each series, from the baseline up. */
export function stack(series: readonly Uint32Array[], width: number, height: number, most: number): string[] {
  const bars = series[0]?.length ?? 0;
  const step = width / Math.max(1, bars);
  const gap = step >= 4 ? 1 : 0;
  const floor = new Float64Array(bars).fill(height);
  return series.map((counts) => {
    let path = '';
    for (let i = 0; i < bars; i++) {
      const value = counts[i] ?? 0;
      if (value === 0) continue;
      // What is there can be seen, however little it is beside the rest.
      const tall = Math.max(2, (value / most) * height);
      const top = Math.max(0, (floor[i] as number) - tall);
      path += `M${(i * step).toFixed(2)} ${(floor[i] as number).toFixed(2)}V${top.toFixed(2)}h${Math.max(1, step - gap).toFixed(2)}V${(floor[i] as number).toFixed(2)}z`;
      floor[i] = top;
    }
    return path;
  });
}

/** The tallest bar of the series stacked on one another, at least 1. */
export function tallest(series: readonly Uint32Array[]): number {
  let most = 1;
  const bars = series[0]?.length ?? 0;
  for (let i = 0; i < bars; i++) {
    let sum = 0;
    for (const counts of series) sum += counts[i] ?? 0;
    if (sum > most) most = sum;
  }
  return most;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TICKS = [
  0.1 * SECOND,
  0.5 * SECOND,
  SECOND,
  5 * SECOND,
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  28 * DAY,
  91 * DAY,
  182 * DAY,
  364 * DAY,
];

export interface Tick {
  time: number;
  label: string;
  /** The label says a day rather than a time of day. */
  day: boolean;
}

/**
 * Round moments from `start` to `end` (ms), at most `most` of them.
 *
 * @param ahead how far clocks are ahead of UTC at a moment, ms: what is round is told by the clock
 */
export function ticks(
  start: number,
  end: number,
  most: number,
  ahead: (time: number) => number = () => 0,
): Tick[] {
  const step = TICKS.find((one) => (end - start) / one <= most) ?? (end - start) / most;
  const found: Tick[] = [];
  let last = '';
  for (let clock = Math.ceil((start + ahead(start)) / step) * step; found.length <= most; clock += step) {
    // Between two ticks the clocks may have been changed.
    const time = clock - ahead(clock - ahead(clock));
    if (time > end) break;
    const text = new Date(clock).toISOString();
    const date = text.slice(0, 10);
    const day = step >= DAY || (date !== last && (last !== '' || found.length === 0));
    last = date;
    const hours =
      step >= MINUTE ? text.slice(11, 16) : step >= SECOND ? text.slice(11, 19) : text.slice(11, 21);
    const midnight = /^00:00(:00(\.0)?)?$/.test(hours);
    found.push({
      time,
      day,
      label: step >= DAY || (day && midnight) ? date : day ? `${date} ${hours}` : hours,
    });
  }
  return found;
}

/** Px between a tick and its label, and at least between two labels. */
export const LABEL_GAP = 3;

/** Which labels have room from their tick to the next label and to `end`, px; `x` is where a moment stands, `letter` how wide a letter is. */
export function legible(
  axis: readonly Tick[],
  x: (time: number) => number,
  letter: number,
  end: number,
): boolean[] {
  let free = -Infinity;
  return axis.map(({ time, label }) => {
    const from = x(time) + LABEL_GAP;
    const to = from + label.length * letter;
    if (from < free || to > end) return false;
    free = to + LABEL_GAP;
    return true;
  });
}
