import { MediaQuery } from 'svelte/reactivity';
import type { Zone } from '../core/text/format.ts';
import { Persisted } from './persisted.svelte.ts';

/** Actions that the command palette lists first, because they were done lately. */
const RECENT = 6;

export type Theme = 'system' | 'light' | 'dark';

/** Sizes of the panes, px. */
export interface Panes {
  facets: number;
  detail: number;
}

/** How the page is set up, as against what it shows: remembered in the browser, the same for every case. */
interface Setup {
  theme: Theme;
  panes: Panes;
  /** Whether the side list and the chart are shown. */
  facetsShown: boolean;
  chartShown: boolean;
  /** Facets that are unfolded, by name; one that is not named here is as its place decides. */
  unfolded: Record<string, boolean>;
  /** Widths that were set by hand, px, by grid and column: `findings.principal`. */
  widths: Record<string, number>;
  /** Columns that were chosen, in order, by grid. */
  columns: Record<string, string[]>;
  /** Rows stand close together. */
  compact: boolean;
  /** In which zone times are written and read. */
  zone: Zone;
  /** Ids of the actions that the command palette did lately, the newest first. */
  recent: string[];
}

const PANE_LIMITS: Record<keyof Panes, [least: number, usual: number, most: number]> = {
  facets: [180, 284, 480],
  detail: [320, 440, 1100],
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function clampPane(pane: keyof Panes, size: unknown): number {
  const [least, usual, most] = PANE_LIMITS[pane];
  return typeof size === 'number' && Number.isFinite(size) ? Math.min(most, Math.max(least, size)) : usual;
}

function pick<T>(found: unknown, sound: (value: unknown) => value is T): Record<string, T> {
  const picked: Record<string, T> = {};
  if (isRecord(found))
    for (const [key, value] of Object.entries(found)) if (sound(value)) picked[key] = value;
  return picked;
}

function readSetup(found: unknown): Setup {
  const given = isRecord(found) ? found : {};
  const panes = isRecord(given.panes) ? given.panes : {};
  return {
    theme: given.theme === 'light' || given.theme === 'dark' ? given.theme : 'system',
    panes: { facets: clampPane('facets', panes.facets), detail: clampPane('detail', panes.detail) },
    facetsShown: given.facetsShown !== false,
    chartShown: given.chartShown !== false,
    unfolded: pick(given.unfolded, (value) => typeof value === 'boolean'),
    columns: pick(
      given.columns,
      (value): value is string[] =>
        Array.isArray(value) && value.length <= 100 && value.every((one) => typeof one === 'string'),
    ),
    compact: given.compact === true,
    zone: given.zone === 'local' ? 'local' : 'utc',
    recent: Array.isArray(given.recent)
      ? given.recent.filter((one): one is string => typeof one === 'string').slice(0, RECENT)
      : [],
    widths: pick(
      given.widths,
      (value): value is number => typeof value === 'number' && value >= 32 && value <= 2000,
    ),
  };
}

export class Preferences {
  #setup = new Persisted<Setup>('trailsift.setup', readSetup);
  #systemDark = new MediaQuery('prefers-color-scheme: dark', false);

  get theme(): Theme {
    return this.#setup.current.theme;
  }

  /** What the theme comes to on this screen. */
  get dark(): boolean {
    return this.theme === 'system' ? this.#systemDark.current : this.theme === 'dark';
  }

  setTheme(theme: Theme): void {
    this.#change({ theme });
  }

  get panes(): Panes {
    return this.#setup.current.panes;
  }

  setPane(pane: keyof Panes, size: number): void {
    this.#change({ panes: { ...this.panes, [pane]: clampPane(pane, Math.round(size)) } });
  }

  resetPane(pane: keyof Panes): void {
    this.setPane(pane, PANE_LIMITS[pane][1]);
  }

  paneLimits(pane: keyof Panes): { least: number; most: number } {
    const [least, , most] = PANE_LIMITS[pane];
    return { least, most };
  }

  get facetsShown(): boolean {
    return this.#setup.current.facetsShown;
  }

  set facetsShown(facetsShown: boolean) {
    this.#change({ facetsShown });
  }

  get chartShown(): boolean {
    return this.#setup.current.chartShown;
  }

  set chartShown(chartShown: boolean) {
    this.#change({ chartShown });
  }

  isUnfolded(name: string, usual: boolean): boolean {
    return this.#setup.current.unfolded[name] ?? usual;
  }

  setUnfolded(name: string, unfolded: boolean): void {
    this.#change({ unfolded: { ...this.#setup.current.unfolded, [name]: unfolded } });
  }

  /** Widths set by hand for the columns of `grid`, px. */
  width(grid: string, column: string): number | undefined {
    return this.#setup.current.widths[`${grid}.${column}`];
  }

  /** Sets the width of a column, px; null gives it back its own. */
  setWidth(grid: string, column: string, width: number | null): void {
    const widths = { ...this.#setup.current.widths };
    if (width === null) delete widths[`${grid}.${column}`];
    else widths[`${grid}.${column}`] = width;
    this.#change({ widths });
  }

  /** Columns chosen for `grid`, in order; undefined while it has its own. */
  columns(grid: string): readonly string[] | undefined {
    return this.#setup.current.columns[grid];
  }

  /** Chooses the columns of `grid`; null gives it back its own, widths included. */
  setColumns(grid: string, chosen: readonly string[] | null): void {
    const { widths } = this.#setup.current;
    const columns = { ...this.#setup.current.columns };
    if (chosen !== null) {
      columns[grid] = [...chosen];
      this.#change({ columns });
      return;
    }
    delete columns[grid];
    const others = Object.entries(widths).filter(([key]) => !key.startsWith(`${grid}.`));
    this.#change({ columns, widths: Object.fromEntries(others) });
  }

  get zone(): Zone {
    return this.#setup.current.zone;
  }

  setZone(zone: Zone): void {
    this.#change({ zone });
  }

  get recent(): readonly string[] {
    return this.#setup.current.recent;
  }

  /** The command palette did this action. */
  used(id: string): void {
    this.#change({ recent: [id, ...this.recent.filter((one) => one !== id)].slice(0, RECENT) });
  }

  get compact(): boolean {
    return this.#setup.current.compact;
  }

  set compact(compact: boolean) {
    this.#change({ compact });
  }

  #change(change: Partial<Setup>): void {
    this.#setup.current = { ...this.#setup.current, ...change };
  }
}
