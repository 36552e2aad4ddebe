/** The compiled scanner, put there by build/scanner.ts. */
declare module 'virtual:scanner' {
  /** WebAssembly in base64, for `loadEngine` of src/core/scan. */
  export const wasm: string;
}
