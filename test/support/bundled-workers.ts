/**
 * The workers as one file each, as they are when the page is built. Without it a browser test's worker asks the server for
 * two hundred modules, every time one is started, which took longer than the tests themselves.
 */
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rolldown, type UserConfig } from 'vite';

const WORKER = /\/workers\/(\w+)\.ts\?worker/;
const ADDRESS = /^\/@bundled\/(\w+)\.js$/;

/** @param page how the page is built */
export function bundledWorkers({ define, worker }: UserConfig): Plugin {
  // Vitest takes out of the configuration what it defines in its own way.
  const defined = { ...define };
  const made = new Map<string, Promise<string>>();
  const bundleOf = (name: string): Promise<string> => {
    if (!made.has(name)) made.set(name, bundled(name, defined, worker ?? {}));
    return made.get(name)!;
  };
  return {
    name: 'trailsift:bundled-workers',
    enforce: 'pre',
    load(id) {
      const name = WORKER.exec(id)?.[1];
      if (name === undefined) return null;
      void bundleOf(name);
      return `export default function () { return new Worker('/@bundled/${name}.js'); }`;
    },
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const name = ADDRESS.exec(request.url ?? '')?.[1];
        if (name === undefined) return next();
        bundleOf(name).then((code) => {
          response.setHeader('Content-Type', 'text/javascript');
          response.setHeader('Cache-Control', 'max-age=3600');
          response.end(code);
        }, next);
      });
    },
  };
}

async function bundled(
  name: string,
  define: Record<string, unknown>,
  worker: NonNullable<UserConfig['worker']>,
): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    define,
    plugins: worker.plugins?.() ?? [],
    // A worker may have workers of its own.
    worker,
    build: {
      write: false,
      minify: false,
      rolldownOptions: {
        input: fileURLToPath(new URL(`../../workers/${name}.ts`, import.meta.url)),
        output: { format: 'iife' },
      },
    },
  });
  const { output } = (Array.isArray(built) ? built[0]! : built) as Rolldown.RolldownOutput;
  return output[0].code;
}
