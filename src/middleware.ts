import type { MiddlewareHandler } from 'astro';
import { buildInfo } from './site/site.config.ts';
import { typesetPage } from './site/typeset.ts';

/** Finishes every page when it has been rendered. */
export const onRequest: MiddlewareHandler = async ({ url, site }, next) => {
  const response = await next();
  if (!response.headers.get('content-type')?.startsWith('text/html')) return response;
  const html = numberIslands(typesetPage(await response.text()));
  // A host answers with the page of missing pages at any depth.
  const missing = /\/404(\.html|\/)?$/.test(url.pathname);
  const root = missing ? (site?.pathname ?? '/') : undefined;
  return new Response(relativeAddresses(html, url.pathname, { build: buildInfo().hash, root }), response);
};

/** Astro makes ids of islands out of the path of the project; two builds of it shall be equal wherever it lies. */
function numberIslands(html: string): string {
  let islands = 0;
  return html.replace(/(?<=<astro-island uid=")[^"]+/g, () => String(++islands));
}

/**
 * Makes the addresses of a finished page relative, so that a copy of the site works wherever it lies: at the root of a
 * host, below a path, or on a disk, where a folder's address does not lead to its index.html.
 *
 * @param page address of the page, as its route has it: `/model/`
 * @param build name of the build, which the addresses of its pictures end with: what a cache kept of another has another
 * @param root how the page names the root of the site: by default the way up
 */
export function relativeAddresses(
  html: string,
  page: string,
  {
    build,
    root = '../'.repeat(page.split('/').length - 2) || './',
  }: { build: string; root?: string | undefined },
): string {
  const relative = (address: string): string => {
    const [, path = '', rest = ''] = /^\/([^?#]*)(.*)$/.exec(address)!;
    if (rest.startsWith('#') && `/${path}` === page) return rest;
    const file = path === '' || path.endsWith('/') ? 'index.html' : '';
    return `${root}${path}${file}${path.startsWith('pictures/') ? `?${build}` : ''}${rest}`;
  };
  // An address that begins with two slashes is another host's.
  return html
    .replace(/(?<=\s(?:href|src|component-url|renderer-url)=")\/(?!\/)[^"]*/g, (address) => relative(address))
    .replace(/(?<=\sprops=")[^"]+/g, (props) =>
      props.replace(/(?<=&quot;)\/(?!\/)[^&]+/g, (address) => relative(address)),
    );
}
