// Serves a built site as a static host does: files, index.html of folders, 404.html.
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import sirv from 'sirv';

/**
 * Serves the folder `dir` under `base` on 127.0.0.1, on a free port unless one is given. Paths outside `base` answer 404.
 *
 * @returns the address of the site's root, base path included, and how to end it
 * @throws Error if `dir` holds no index.html or no 404.html, or `base` does not start and end with a slash.
 */
export async function serve(dir: string, { base = '/', port = 0 } = {}) {
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
  const notFoundPage = await readFile(join(root, '404.html'));
  const server = createServer((request, response) => {
    const notFound = (): void => {
      response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' }).end(notFoundPage);
    };
    if (request.url?.startsWith(base) !== true) {
      notFound();
      return;
    }
    request.url = request.url.slice(base.length - 1);
    files(request, response, notFound);
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}${base}`,
    close: async (): Promise<void> => {
      const closed = once(server.close(), 'close');
      server.closeAllConnections();
      await closed;
    },
  };
}
