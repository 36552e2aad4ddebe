/** The embedded database of countries, put there by build/geo.ts. */
declare module 'virtual:geo' {
  /** The compact table in base64; its bytes are for `openTable` of src/core/geo. */
  export const table: string;
  /** What it is: the page names it, and its makers' licence asks for the attribution to be shown. */
  export const source: {
    name: string;
    /** `YYYY-MM-DD` */
    date: string;
    licence: string;
    attribution: string;
  };
}
