/** What is compiled from AssemblyScript, put there by build/assembly.ts. */
declare module 'virtual:scanner' {
  /** WebAssembly in base64, for `loadEngine` of src/core/scan. */
  export const wasm: string;
}

declare module 'virtual:inflater' {
  /** WebAssembly in base64, for `useInflater` of src/core/bytes. */
  export const wasm: string;
}

declare module 'virtual:seeker' {
  /** WebAssembly in base64, for `useSeeker` of src/core/seek. */
  export const wasm: string;
}
