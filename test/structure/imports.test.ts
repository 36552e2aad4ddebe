import { describe, expect, test } from 'vitest';
import { importsOf, type Import } from './imports.ts';
import { DEBT, layerOf, packageOf, type Layer } from './layers.ts';
import { below, textOf } from './tree.ts';

const files = ['src', 'workers', 'rules'].flatMap((top) => below(top).files);
const sources = files.filter((path) => /\.(?:ts|js|mjs|svelte)$/.test(path));
const imports = new Map(sources.map((file) => [file, importsOf(file, textOf(file))]));

describe('who may import whom', () => {
  test('every import is one that layers.ts allows', () => {
    const broken: string[] = [];
    for (const [file, list] of imports) {
      const layer = layerOf(file);
      for (const one of list) {
        const why = layer ? objection(layer, one) : 'no layer of layers.ts has this file';
        if (why && !DEBT.includes(`${file} -> ${one.specifier}`)) {
          broken.push(`${file}:${one.line} imports "${one.specifier}": ${why}`);
        }
      }
    }
    expect(broken).toEqual([]);
  });

  test('every debt is still owed', () => {
    const owed = [...imports].flatMap(([file, list]) => list.map((one) => `${file} -> ${one.specifier}`));
    expect(DEBT.filter((debt) => !owed.includes(debt))).toEqual([]);
  });

  test('rules are data', () => {
    expect(files.filter((path) => path.startsWith('rules/') && !/\.(?:yaml|md)$/.test(path))).toEqual([]);
  });

  test('workers are started by the page alone', () => {
    // Where a worker starts another one, Firefox may stop in it for good.
    const starts = sources.filter((path) => /\?worker\b|new (?:Shared)?Worker\(/.test(textOf(path)));
    expect(starts).toEqual(['src/main.ts']);
  });

  test('no module needs itself', () => {
    expect(cycles()).toEqual([]);
  });
});

describe('the finding of imports', () => {
  test('sees every form', () => {
    const text = [
      `import 'a';`,
      `import type { B } from './b.ts';`,
      `import { type C, d } from '../c.ts';`,
      `export { e } from './e/index.ts';`,
      `export type * from 'f/g';`,
      `const h = await import('./h.ts');`,
      `type I = typeof import('./i.ts');`,
      `const j = import.meta.glob(['../j/*.yaml', '../k/*.yaml'], { eager: true });`,
      `const l = new URL('./l.ts', import.meta.url);`,
      `import Worker from '../../workers/m.ts?worker&inline';`,
      `// import 'comment'; const text = "import 'string'";`,
    ].join('\n');
    expect(
      importsOf('src/x/y.ts', text).map(({ line, path, specifier, typeOnly }) => [
        line,
        path ?? specifier,
        typeOnly,
      ]),
    ).toEqual([
      [1, 'a', false],
      [2, 'src/x/b.ts', true],
      [3, 'src/c.ts', false],
      [4, 'src/x/e/index.ts', false],
      [5, 'f/g', true],
      [6, 'src/x/h.ts', false],
      [7, 'src/x/i.ts', true],
      [8, 'src/j/*.yaml', false],
      [8, 'src/k/*.yaml', false],
      [9, 'src/x/l.ts', false],
      [10, 'workers/m.ts', false],
    ]);
  });

  test('counts lines in a component', () => {
    const text = `<script module lang="ts">\n  import 'a';\n</script>\n\n<script lang="ts">\n\n  import 'b';\n</script>\n<p>import 'c'</p>`;
    expect(importsOf('src/ui/X.svelte', text).map(({ line, specifier }) => [line, specifier])).toEqual([
      [2, 'a'],
      [7, 'b'],
    ]);
  });

  test('objects to what the layers forbid', () => {
    const objections = (file: string, code: string): string[] => {
      const layer = layerOf(file);
      if (!layer) throw new Error(file);
      return importsOf(file, code).flatMap((one) => objection(layer, one) ?? []);
    };
    expect(
      objections('src/core/a.ts', `import './b.ts'; import 'fflate'; import '@noble/hashes/sha2.js'`),
    ).toEqual([]);
    expect(objections('src/core/a.ts', `import 'dexie'`)).toEqual(['core may not use dexie']);
    expect(objections('src/core/a.ts', `import 'node:fs'`)).toEqual(['core may not use node:fs']);
    expect(objections('src/core/a.ts', `import type { A } from '../ui/a.ts'`)).toEqual([
      'core may not name ui',
    ]);
    expect(objections('src/store/a.ts', `import { a } from '../core/a.ts'`)).toEqual([
      'store may take only types from core: write "import type"',
    ]);
    expect(objections('src/store/a.ts', `import type { A } from '../core/a.ts'`)).toEqual([]);
    expect(objections('src/ui/a.ts', `import '../../test/x.ts'`)).toEqual([
      'it lies in no layer of layers.ts',
    ]);
  });
});

/** Why a layer may not import this, or null if it may. */
function objection(layer: Layer, { path, specifier, typeOnly }: Import): string | null {
  if (path === null) {
    const library = packageOf(specifier);
    return layer.libraries.includes(library) ? null : `${layer.name} may not use ${library}`;
  }
  const other = layerOf(path);
  if (!other) return 'it lies in no layer of layers.ts';
  if (other.name === layer.name || layer.uses.includes(other.name)) return null;
  if (!layer.names.includes(other.name))
    return `${layer.name} may not ${typeOnly ? 'name' : 'use'} ${other.name}`;
  return typeOnly ? null : `${layer.name} may take only types from ${other.name}: write "import type"`;
}

/** Chains of imports (of more than types) that come back to where they began. */
function cycles(): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, chain: string[]): void => {
    if (chain.includes(file)) {
      found.push([...chain.slice(chain.indexOf(file)), file].join(' -> '));
      return;
    }
    if (done.has(file)) return;
    for (const { path, typeOnly } of imports.get(file) ?? []) {
      if (path && !typeOnly) visit(path, [...chain, file]);
    }
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return found;
}
