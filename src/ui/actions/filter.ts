import { rowsOf, type Action } from './action.ts';

/** What narrows the rows. */
export const FILTER: readonly Action[] = [
  {
    id: 'focus-filter',
    title: 'Go to the filter',
    group: 'Filter',
    keys: ['/'],
    possible: (session) => rowsOf(session) !== null,
    run: () => {
      const input = document.getElementById('filter');
      if (!(input instanceof HTMLInputElement)) return;
      input.focus();
      input.select();
    },
  },
  {
    id: 'filters',
    title: 'Save this filter, or apply another',
    group: 'Filter',
    possible: (session) => rowsOf(session) !== null,
    run: () => document.getElementById('filters')?.click(),
  },
  {
    id: 'clear-filter',
    title: 'Clear the filter',
    group: 'Filter',
    possible: (session) => rowsOf(session) !== null && session.navigation.place.query !== '',
    run: ({ navigation }) => {
      navigation.go({ query: '', event: null });
    },
  },
  {
    id: 'all-time',
    title: 'Show all time',
    group: 'Filter',
    possible: (session) => rowsOf(session) !== null && session.navigation.ranges.length > 0,
    run: ({ navigation }) => {
      navigation.go({ from: null, to: null, event: null });
    },
  },
];
