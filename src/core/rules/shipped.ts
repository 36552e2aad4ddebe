/**
 * The rule files that come with Trailsift, as text.
 *
 * Built by Vite (the page, its workers, vitest) they are part of the program: `import.meta.glob` is replaced by the
 * files' contents. A plain TypeScript runner in Node leaves that call standing, where it does not exist; there, and
 * only there, the files are read from `rules/` beside the sources.
 */

/** Path (`rules/<pack>/<id>.yaml`) -> YAML text, in the order of the paths. */
export function shippedFiles(): Record<string, string> {
  const files = filesInBundle() ?? filesOnDisk();
  return Object.fromEntries(
    Object.entries(files)
      .map(([path, text]): [string, string] => [path.slice(path.indexOf('rules/')), text])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function filesInBundle(): Record<string, string> | null {
  try {
    // Vite wants this call with literal arguments, exactly so.
    return import.meta.glob<string>('../../../rules/**/*.yaml', {
      query: '?raw',
      import: 'default',
      eager: true,
    });
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** As much of Node as is needed here. The core declares it locally instead of depending on Node's types. */
interface NodeProcess {
  getBuiltinModule(name: 'node:fs'): {
    readdirSync(path: string, options: { recursive: true; encoding: 'utf8' }): string[];
    readFileSync(path: string, encoding: 'utf8'): string;
  };
  getBuiltinModule(name: 'node:url'): { fileURLToPath(url: string): string };
}

/** The rule files of the source tree that this module lies in. Only in Node. */
export function filesOnDisk(): Record<string, string> {
  const { process } = globalThis as unknown as { process: NodeProcess };
  const fs = process.getBuiltinModule('node:fs');
  const here = process.getBuiltinModule('node:url').fileURLToPath(import.meta.url);
  const top = here.replaceAll('\\', '/').split('/').slice(0, -4).join('/');
  const paths = fs.readdirSync(`${top}/rules`, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    paths
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => path.endsWith('.yaml'))
      .map((path) => [`rules/${path}`, fs.readFileSync(`${top}/rules/${path}`, 'utf8')]),
  );
}
