/** The built-in table of countries, as the fake case worker tells of it. */
export const BUILT_IN_GEO = {
  name: 'a table of the test',
  date: '2026-01-01',
  licence: 'none',
  attribution: 'Countries by the test.',
};
