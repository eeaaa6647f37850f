// The faces that a page asks for in its head. One that is missing when the text is first laid out costs more than its
// download: the browser asks the system for a stand-in, size by size, and then lays the page out again.
import sansUrl from '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2?url';
import monoUrl from '@fontsource/source-code-pro/files/source-code-pro-latin-400-normal.woff2?url';
import greekItalicUrl from '@fontsource/source-serif-4/files/source-serif-4-greek-400-italic.woff2?url';
import greekUrl from '@fontsource/source-serif-4/files/source-serif-4-greek-400-normal.woff2?url';
import italicUrl from '@fontsource/source-serif-4/files/source-serif-4-latin-400-italic.woff2?url';
import serifUrl from '@fontsource/source-serif-4/files/source-serif-4-latin-400-normal.woff2?url';
import semiboldUrl from '@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff2?url';
import symbolsUrl from 'katex/dist/fonts/KaTeX_Main-Regular.woff2?url';

/** Addresses of all faces of the site: every page has formulas, values and code, or leads to one that has. */
export const preloadedFaces: readonly string[] = [
  serifUrl,
  sansUrl,
  semiboldUrl,
  italicUrl,
  greekItalicUrl,
  greekUrl,
  symbolsUrl,
  monoUrl,
];
