// What a reader downloads for the live parts, in bytes.
import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { test } from './test.ts';

const gzipped = async (path: string) => gzipSync(await readFile(`dist/${path}`), { level: 9 }).length;

test('the worker with tfjs and both backends is at most 180 KB gzip, in one file', async () => {
  const workers = (await readdir('dist/_astro')).filter((name) => name.includes('.worker'));
  expect(workers).toHaveLength(1);
  expect(await gzipped(`_astro/${workers[0]!}`)).toBeLessThanOrEqual(180_000);
});

test('the islands of a page are at most 25 KB gzip, and hold nothing of tfjs', async ({ visit }) => {
  for (const path of ['', 'lab/']) {
    const { page } = await visit('404.html');
    const before = new Set<string>();
    const scripts = new Set<string>();
    let collected = before;
    page.on('request', (request) => {
      if (/_astro\/.*\.js$/.test(request.url()) && !request.url().includes('.worker'))
        collected.add(request.url());
    });
    await page.goto('methods/', { waitUntil: 'networkidle' });
    collected = scripts;
    await page.goto(path, { waitUntil: 'networkidle' });
    for (const widget of await page.locator('[data-widget]').all()) await widget.scrollIntoViewIfNeeded();
    await expect.poll(() => page.locator('[data-widget]:not([data-ready="true"])').count()).toBe(0);
    const own = [...scripts]
      .filter((url) => !before.has(url))
      .map((url) => `_astro/${url.split('/').at(-1)!}`);
    const sizes = await Promise.all(own.map(gzipped));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(25_000);
    for (const file of own)
      expect(await readFile(`dist/${file}`, 'utf8')).not.toContain('Conv2DBackpropInput');
  }
});

test('weights at most 110 KB, the images of the sweeps at most 250 KB', async () => {
  expect((await readFile('dist/models/mnist-cnn/weights.bin')).length).toBeLessThanOrEqual(110_000);
  expect((await readFile('dist/results/sweep-images.bin')).length).toBeLessThanOrEqual(250_000);
});
