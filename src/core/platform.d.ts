/**
 * The few web-platform names that the core uses and that browsers, workers and Node share.
 * The core compiles without the DOM library (see tsconfig.json here), so that nothing else can slip in.
 */

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: ArrayBufferView | ArrayBuffer, options?: { stream?: boolean }): string;
}

declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
  encodeInto(source: string, destination: Uint8Array): { read: number; written: number };
}

declare function atob(data: string): string;

interface PlatformReadableStreamReader<T> {
  read(): Promise<{ done: false; value: T } | { done: true; value: undefined }>;
  cancel(reason?: unknown): Promise<void>;
}

interface PlatformWritableStreamWriter<T> {
  write(chunk: T): Promise<void>;
  close(): Promise<void>;
  abort(reason?: unknown): Promise<void>;
}

declare class DecompressionStream {
  constructor(format: 'gzip' | 'deflate' | 'deflate-raw');
  readonly readable: { getReader(): PlatformReadableStreamReader<Uint8Array> };
  readonly writable: { getWriter(): PlatformWritableStreamWriter<Uint8Array> };
}

declare const crypto: {
  readonly subtle: {
    digest(algorithm: 'SHA-256', data: ArrayBufferView | ArrayBuffer): Promise<ArrayBuffer>;
  };
};

declare const performance: { now(): number };

declare function setTimeout(run: (value?: unknown) => void): unknown;

interface ImportMeta {
  readonly url: string;
  /** Vite puts the contents of the files that match here when it builds; in plain Node the function is not there. */
  glob<T>(pattern: string, options: { query: '?raw'; import: 'default'; eager: true }): Record<string, T>;
}

interface PlatformWasmModule {
  /** Told apart from other objects by its maker alone. */
  readonly [Symbol.toStringTag]: string;
}

declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => PlatformWasmModule;
  readonly Instance: new (
    module: PlatformWasmModule,
    imports: Record<string, Record<string, (...values: number[]) => unknown>>,
  ) => { readonly exports: Record<string, unknown> };
};
