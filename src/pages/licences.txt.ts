import { readFile } from 'node:fs/promises';
import type { APIRoute } from 'astro';

const files = [
  'NOTICE',
  'LICENSE',
  'node_modules/@fontsource/source-serif-4/LICENSE',
  'node_modules/@fontsource-variable/source-sans-3/LICENSE',
  'node_modules/@fontsource/source-code-pro/LICENSE',
];

/** The notices and licences of all that the site ships, one after another. */
export const GET: APIRoute = async () => {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return new Response(texts.map((text) => `${text.trim()}\n`).join(`\n${'='.repeat(78)}\n\n`), {
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  });
};
