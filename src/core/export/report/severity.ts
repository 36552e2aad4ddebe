/** Severities as shapes: colour alone tells nobody anything on paper. */
import type { Severity } from '../../rules/index.ts';

const SHAPES: Record<Severity, string> = {
  critical: 'M6 .5 11.5 6 6 11.5.5 6z',
  high: 'M6 1 11.5 11H.5z',
  medium: 'M1.5 1.5h9v9h-9z',
  low: 'M6 1.2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6z',
  info: 'M6 2a4 4 0 1 1 0 8 4 4 0 0 1 0-8zm0 1.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8z',
};

/** @returns an SVG of 10 px that screen readers pass over */
export function severityShape(severity: Severity): string {
  return `<svg class="${severity}" viewBox="0 0 12 12" width="10" height="10" aria-hidden="true"><path d="${SHAPES[severity]}"/></svg>`;
}
