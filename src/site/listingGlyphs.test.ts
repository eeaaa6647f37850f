import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

/** Ranges of code points for which the site has a face. */
async function faceRanges(): Promise<[number, number][]> {
  const css = await readFile('src/site/styles/fonts.css', 'utf8');
  return [...css.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g)].map(([, first, last = first]) => [
    parseInt(first!, 16),
    parseInt(last!, 16),
  ]);
}

/** The files that pages list. */
async function listedFiles(): Promise<string[]> {
  const pages = (await readdir('src/pages')).filter((name) => name.endsWith('.mdx'));
  const texts = await Promise.all(pages.map((name) => readFile(`src/pages/${name}`, 'utf8')));
  const listings = texts.join('').match(/<Listing[^>]*>/g) ?? [];
  return ['handin/problem1.py', ...listings.flatMap((listing) => listing.match(/src\/[\w/]+\.ts/g) ?? [])];
}

// A browser takes what the site's faces lack from the reader's system; a printed report shows an empty box.
test('the faces of the site have every character of the listings', async () => {
  const ranges = await faceRanges();
  const files = await listedFiles();
  expect(files).toContain('src/compute/attacks/fgsm.ts');
  for (const file of files) {
    const missing = [...new Set(await readFile(file, 'utf8'))].filter((character) => {
      const code = character.codePointAt(0)!;
      return !ranges.some(([first, last]) => first <= code && code <= last);
    });
    expect(missing, file).toEqual([]);
  }
});
