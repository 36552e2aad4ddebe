/** WebAssembly that the build compiled (build/assembly.ts), made ready to be started. */

/** A module, whatever the platform calls its type. */
export type Compiled = InstanceType<typeof WebAssembly.Module>;

/** By text: instances are made more often than modules. */
const modules = new Map<string, Compiled | null>();

/**
 * @param wasm a module in base64
 * @returns null where there is no WebAssembly, or a policy forbids it: then already compiling fails
 */
export function compileWasm(wasm: string): Compiled | null {
  const known = modules.get(wasm);
  if (known !== undefined) return known;
  let module: Compiled | null = null;
  try {
    module = new WebAssembly.Module(Uint8Array.from(atob(wasm), (character) => character.charCodeAt(0)));
  } catch {
    // Slower, and the same in what comes out.
  }
  modules.set(wasm, module);
  return module;
}
