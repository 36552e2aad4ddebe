import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { contentSecurityPolicy } from './build/csp.ts';
import { geoDatabase } from './build/geo.ts';
import { assembly } from './build/assembly.ts';
import { shippedRules } from './build/rules.ts';
import manifest from './package.json' with { type: 'json' };

/**
 * How the page is built: one `dist/index.html` with scripts, styles and workers inlined, so that it works
 * from any static host and by double-click. How it is tested is in vitest.config.ts.
 */
export default defineConfig({
  base: './',
  define: { TRAILSIFT_VERSION: JSON.stringify(manifest.version) },
  plugins: [geoDatabase(), assembly(), shippedRules(), svelte(), viteSingleFile(), contentSecurityPolicy()],
  // Classic workers: a module worker does not load from a blob on a file:// page.
  worker: { format: 'iife', plugins: () => [geoDatabase(), assembly(), shippedRules()] },
  build: {
    // The first versions with all of what we use untransformed, `light-dark()` in CSS among it (2024).
    target: ['chrome128', 'edge128', 'firefox128', 'safari18'],
    // Everything is in one file, so there is nothing to preload and nothing to fetch.
    modulePreload: false,
    reportCompressedSize: false,
  },
  // The local machine only; the next free port is taken when this one is busy.
  server: { host: '127.0.0.1', port: 5173 },
  preview: { host: '127.0.0.1', port: 4173 },
});
