import { defineMiddleware } from 'astro:middleware';
import { relativeAddresses } from './site/relativeAddresses.ts';
import { buildInfo } from './site/site.config.ts';
import { typesetPage } from './site/typeset.ts';

/** Finishes every page when it has been rendered. */
export const onRequest = defineMiddleware(async ({ url, site }, next) => {
  const response = await next();
  if (!response.headers.get('content-type')?.startsWith('text/html')) return response;
  const html = numberIslands(typesetPage(await response.text()));
  // A host answers with the page of missing pages at any depth.
  const missing = /\/404(\.html|\/)?$/.test(url.pathname);
  const root = missing ? (site?.pathname ?? '/') : undefined;
  return new Response(relativeAddresses(html, url.pathname, { build: buildInfo().hash, root }), response);
});

/** Astro makes ids of islands out of the path of the project; two builds of it shall be equal wherever it lies. */
function numberIslands(html: string): string {
  let islands = 0;
  return html.replace(/(?<=<astro-island uid=")[^"]+/g, () => String(++islands));
}
