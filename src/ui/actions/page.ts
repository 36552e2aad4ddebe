import type { Zone } from '../../core/text/format.ts';
import type { Theme } from '../../state/preferences.svelte.ts';
import { inCase, rowsOf, type Action } from './action.ts';

const ZONES: Record<Zone, string> = { utc: 'Times in UTC', local: 'Times in the zone of this machine' };

const THEMES: Record<Theme, string> = {
  system: 'Theme: as the system has it',
  light: 'Theme: light',
  dark: 'Theme: dark',
};

/** The case as a whole, and the page around it. */
export const PAGE: readonly Action[] = [
  {
    id: 'add-files',
    title: 'Add files',
    group: 'Case',
    possible: () => document.getElementById('add-files') !== null,
    run: () => document.getElementById('add-files')?.click(),
  },
  {
    id: 'add-folder',
    title: 'Add a folder',
    group: 'Case',
    possible: () => document.getElementById('add-folder') !== null,
    run: () => document.getElementById('add-folder')?.click(),
  },
  {
    id: 'report',
    title: 'Report of the case',
    group: 'Case',
    possible: inCase,
    run: ({ exports }) => (exports.reportAsked = true),
  },
  {
    id: 'sample',
    title: 'Try the sample incident',
    group: 'Case',
    possible: ({ phase, ingestion }) => phase.at === 'home' && !ingestion.busy,
    run: (session) => void session.sample(),
  },
  {
    id: 'close-case',
    title: 'Close the case',
    group: 'Case',
    possible: (session) => inCase(session) && !session.ingestion.busy,
    run: (session) => void session.close(),
  },
  {
    id: 'side-list',
    title: 'Show or hide the side list',
    group: 'Page',
    possible: (session) => rowsOf(session) !== null,
    run: ({ preferences }) => (preferences.facetsShown = !preferences.facetsShown),
  },
  {
    id: 'chart',
    title: 'Show or hide the chart',
    group: 'Page',
    possible: (session) => rowsOf(session) !== null,
    run: ({ preferences }) => (preferences.chartShown = !preferences.chartShown),
  },
  {
    id: 'columns',
    title: 'Choose the columns of the table',
    group: 'Page',
    possible: (session) => rowsOf(session) !== null,
    run: (session) => {
      const rows = rowsOf(session);
      if (rows) rows.choosingColumns = true;
    },
  },
  {
    id: 'density',
    title: 'Rows close together, or further apart',
    group: 'Page',
    possible: (session) => rowsOf(session) !== null,
    run: ({ preferences }) => (preferences.compact = !preferences.compact),
  },
  ...(['system', 'light', 'dark'] as const).map((theme): Action => ({
    id: `theme-${theme}`,
    title: THEMES[theme],
    group: 'Page',
    possible: ({ preferences }) => preferences.theme !== theme,
    run: ({ preferences }) => {
      preferences.setTheme(theme);
    },
  })),
  ...(['utc', 'local'] as const).map((zone): Action => ({
    id: `zone-${zone}`,
    title: ZONES[zone],
    group: 'Page',
    possible: ({ preferences }) => preferences.zone !== zone,
    run: ({ preferences }) => {
      preferences.setZone(zone);
    },
  })),
  {
    id: 'palette',
    title: 'Find a command',
    group: 'Page',
    keys: ['Mod+k'],
    whileTyping: true,
    unlisted: true,
    run: (session) => (session.paletteShown = true),
  },
  {
    id: 'help',
    title: 'Keys and filters',
    group: 'Page',
    keys: ['?'],
    run: (session) => (session.helpShown = true),
  },
];
