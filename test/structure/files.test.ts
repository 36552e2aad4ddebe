import { describe, expect, test } from 'vitest';
import { below, countLines, textOf } from './tree.ts';

/** Longest source file, in lines: over it, look for the second purpose. */
const MOST_LINES = 400;
/** Longest README of a folder, in lines. rules/README.md, the guide to writing alerts, may be longer. */
const MOST_README_LINES = 15;

const project = below();

describe('a folder', () => {
  // What lies in test/ under the name of a part of the product mirrors that part, and needs no words of its own.
  const folders = project.folders.filter(
    (path) =>
      project.files.some((file) => file.startsWith(`${path}/`)) &&
      (/^(?:src|workers|build|rules)(?:\/|$)/.test(path) ||
        /^test(?:\/(?!core$|ingest$|store$|state$|ui$|workers$|rules$|build$)[^/]+)?$/.test(path)),
  );

  test('says in a README what it is for', () => {
    expect(folders.filter((folder) => !project.files.includes(`${folder}/README.md`))).toEqual([]);
  });

  test(`does so in at most ${MOST_README_LINES} lines`, () => {
    const readmes = folders
      .map((folder) => `${folder}/README.md`)
      .filter((path) => path !== 'rules/README.md' && project.files.includes(path));
    expect(tooLong(readmes, MOST_README_LINES)).toEqual([]);
  });
});

describe('a file', () => {
  test(`of source has at most ${MOST_LINES} lines`, () => {
    const sources = project.files.filter((path) => /\.(?:ts|mjs|js|svelte|css)$/.test(path));
    expect(tooLong(sources, MOST_LINES)).toEqual([]);
  });

  test('names no path of the machine it was written on', () => {
    const machine = new RegExp(String.raw`(?<![\w.])/(?:work|tmp/bash\w*)/`);
    const texts = project.files.filter((path) =>
      /\.(?:ts|mjs|js|svelte|css|html|json|md|yaml)$|\/run$/.test(path),
    );
    expect(texts.filter((path) => machine.test(textOf(path)))).toEqual([]);
  });
});

function tooLong(paths: string[], most: number): string[] {
  return paths.flatMap((path) => {
    const lines = countLines(textOf(path));
    return lines > most ? [`${path}: ${lines} lines`] : [];
  });
}
