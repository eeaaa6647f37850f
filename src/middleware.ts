import { defineMiddleware } from 'astro:middleware';
import { typesetPage } from './site/typeset.ts';

/** Sets the text of every page when it has been rendered. */
export const onRequest = defineMiddleware(async (_context, next) => {
  const response = await next();
  if (!response.headers.get('content-type')?.startsWith('text/html')) return response;
  return new Response(typesetPage(await response.text()), response);
});
