/** The project's own files, as paths from its top with `/` between the parts. */
import { readFileSync, readdirSync, type Dirent } from 'node:fs';
import { fileURLToPath } from 'node:url';

const TOP = fileURLToPath(new URL('../../', import.meta.url));
/** What is installed, built or kept by tools. */
const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', 'test-results', '.git', '.cache']);

export interface Tree {
  files: string[];
  folders: string[];
}

/** All files and folders below a folder (itself not among them), or of the whole project; nothing where it is not there. */
export function below(folder = ''): Tree {
  const tree: Tree = { files: [], folders: [] };
  for (const entry of entriesOf(folder)) {
    if (NOT_OURS.has(entry.name)) continue;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      const inner = below(path);
      tree.folders.push(path, ...inner.folders);
      tree.files.push(...inner.files);
    } else if (entry.isFile()) {
      tree.files.push(path);
    }
  }
  return tree;
}

export function textOf(path: string): string {
  return readFileSync(TOP + path, 'utf8');
}

/** Lines as an editor counts them: the newline at the end of a file begins no further line. */
export function countLines(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(TOP + folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
