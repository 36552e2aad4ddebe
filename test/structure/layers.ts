/**
 * Who may import whom. Everything that is not said here is forbidden, so that "the core is pure" and "only the
 * case worker touches the database" stay true. Build, configuration and tests are free.
 */
export interface Layer {
  name: string;
  /** Files whose path begins so; of several layers that fit, the one with the longest beginning has the file. */
  begins: string;
  /** Layers whose code it may use. */
  uses: string[];
  /** Layers of which it may name types and nothing else. */
  names: string[];
  /** Packages, and modules that the build provides. */
  libraries: string[];
}

export const LAYERS: Layer[] = [
  {
    name: 'core',
    begins: 'src/core/',
    uses: ['rules'],
    names: [],
    libraries: ['fflate', 'yaml', '@noble/hashes'],
  },
  { name: 'rules', begins: 'rules/', uses: [], names: [], libraries: [] },
  { name: 'contract', begins: 'workers/contract', uses: [], names: ['core', 'store'], libraries: [] },
  {
    name: 'workers',
    begins: 'workers/',
    uses: ['core', 'store'],
    names: ['contract'],
    libraries: [
      'comlink',
      '@noble/hashes',
      'virtual:geo',
      'virtual:rules',
      'virtual:scanner',
      'virtual:inflater',
      'virtual:seeker',
    ],
  },
  { name: 'store', begins: 'src/store/', uses: [], names: ['core'], libraries: ['dexie'] },
  { name: 'ingest', begins: 'src/ingest/', uses: [], names: ['core', 'contract'], libraries: ['comlink'] },
  {
    name: 'state',
    begins: 'src/state/',
    uses: ['core', 'ingest'],
    names: ['contract'],
    libraries: ['svelte', 'comlink'],
  },
  { name: 'ui', begins: 'src/ui/', uses: ['core', 'state'], names: ['contract'], libraries: ['svelte'] },
  {
    name: 'main',
    begins: 'src/main.ts',
    uses: ['core', 'ingest', 'state', 'ui', 'workers'],
    names: ['contract'],
    libraries: ['svelte', 'comlink'],
  },
];

/** Imports that break the rules above and are to go, as `path -> specifier`. Keep it empty. */
export const DEBT: string[] = [];

export function layerOf(path: string): Layer | undefined {
  return LAYERS.filter((layer) => path.startsWith(layer.begins)).sort(
    (a, b) => b.begins.length - a.begins.length,
  )[0];
}

/** The package of a specifier: `@noble/hashes/sha2.js` belongs to `@noble/hashes`. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
