import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

export interface StaticServer {
  /** `http://127.0.0.1:<port>/` */
  url: string;
  /** Paths asked for, in order: a second witness of what the page requests. */
  hits: string[];
  close(): Promise<void>;
}

/** Serves a folder on a free port of the local machine, as plainly as a static host does. */
export async function serve(folder: string): Promise<StaticServer> {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://local').pathname;
    hits.push(path);
    const file = join(folder, normalize(path === '/' ? '/index.html' : path));
    readFile(file).then(
      (bytes) => {
        const type = extname(file) === '.html' ? 'text/html; charset=utf-8' : 'application/octet-stream';
        response.writeHead(200, { 'content-type': type }).end(bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The static server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    hits,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
