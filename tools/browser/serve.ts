// Serves a built site as a static host does: files, index.html of folders, 404.html.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import sirv from 'sirv';

export interface SiteServer {
  /** Address of the site's root, base path included, with a slash at its end. */
  url: string;
  close: () => Promise<void>;
}

/**
 * Serves the folder `dir` under `base` on 127.0.0.1, on a free port unless one is given. Paths outside `base` answer 404.
 * @throws Error if `dir` holds no index.html, or `base` does not start and end with a slash.
 */
export async function serve(
  dir: string,
  { base = '/', port = 0 }: { base?: string; port?: number } = {},
): Promise<SiteServer> {
  const root = resolve(dir);
  if (!base.startsWith('/') || !base.endsWith('/')) {
    throw new Error(
      `invalid base: ${base} (expected a path that starts and ends with a slash, such as /report/)`,
    );
  }
  if (!existsSync(join(root, 'index.html'))) {
    throw new Error(`no site in ${root}: index.html is missing; run \`npm run build\` first`);
  }

  const files = sirv(root, { etag: false, dotfiles: true });
  const page = join(root, '404.html');
  const notFoundPage = existsSync(page) ? await readFile(page) : 'Not found';
  const server = createServer((request, response) => {
    const notFound = (): void => {
      response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(notFoundPage);
    };
    if (request.url?.startsWith(base) !== true) {
      notFound();
      return;
    }
    request.url = request.url.slice(base.length - 1);
    files(request, response, notFound);
  });

  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', done);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}${base}`,
    close: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      }),
  };
}
