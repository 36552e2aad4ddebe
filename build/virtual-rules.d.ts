/** The alerts that come with Trailsift, put there by build/rules.ts. */
declare module 'virtual:rules' {
  import type { Rule } from '../src/core/rules/index.ts';

  /** As `loadRules` of src/core/rules gives them. */
  export const rules: Rule[];
}
