import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { licences } from './appendix.ts';

it('licences() has the licence of each face of the site, and names what the widgets are made of', async () => {
  const text = await licences();
  const faces = await readFile('src/site/styles/fonts.css', 'utf8');
  const packages = new Set(faces.match(/@fontsource[\w-]*\/[\w-]+/g));
  expect(packages.size).toBeGreaterThan(2);
  for (const name of packages)
    expect(text, name).toContain((await readFile(`node_modules/${name}/LICENSE`, 'utf8')).trim());
  expect(text).toMatch(/KaTeX Main[^]*?OFL|OFL[^]*?KaTeX Main/);
  for (const name of ['tensorflow', 'preact signals']) expect(text.toLowerCase()).toContain(name);
});
