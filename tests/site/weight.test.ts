// What a reader has to load: sizes of the built files, what is asked for before and after scrolling, and the policy.
// Sizes are gzip, 1 KB = 1,000 bytes.
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { serve } from '../../tools/browser/serve.ts';
import { test } from './test.ts';

const dist = 'dist';
const KB = 1_000;
const pages = ['index.html', 'model/index.html', 'methods/index.html', 'lab/index.html', '404.html'];
const gzip = (data: string | Buffer): number => gzipSync(data, { level: 9 }).length;

/** Text of a file of the site, named by its address in a page. */
const read = (address: string): Promise<Buffer> =>
  readFile(join(dist, address.replace(/^(\.\.?\/)+|\?.*/g, '')));

/** All first groups of a pattern, each once. */
function matches(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1]!))];
}

async function sizeOf(addresses: readonly string[], size: (data: Buffer) => number = gzip): Promise<number> {
  const sizes = await Promise.all(addresses.map(async (address) => size(await read(address))));
  return sizes.reduce((sum, each) => sum + each, 0);
}

/** A script and all that it imports statically, by address. */
async function closure(entry: string, seen = new Set<string>()): Promise<Set<string>> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const text = (await read(entry)).toString();
  for (const name of matches(text, /(?:from|import)\s*"\.\/([^"]+\.js)"/g))
    await closure(`_astro/${name}`, seen);
  return seen;
}

async function files(pattern: RegExp): Promise<string[]> {
  return (await readdir(join(dist, '_astro'))).filter((name) => pattern.test(name));
}

const scripts = (html: string): string[] => matches(html, /<script[^>]*\ssrc="([^"]+)"/g);
const inline = (html: string): string =>
  [...html.matchAll(/<script>(.*?)<\/script>/gs)].map((m) => m[1]).join('');
const islands = (html: string): string[] => matches(html, /(?:component|renderer)-url="([^"]+)"/g);

/** Brings every part of the page near the viewport once. */
async function scrollThrough(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 500) {
      window.scrollTo(0, y);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  });
}

describe('the budgets', () => {
  test('index with all its pictures and the script that is there before a widget hydrates: 110 KB, script 15 KB', async () => {
    const html = await readFile(join(dist, 'index.html'), 'utf8');
    const code = await sizeOf(scripts(html));
    const styles = await sizeOf(matches(html, /<link rel="stylesheet" href="([^"]+)"/g));
    const pictures = await sizeOf(
      matches(html, /<img[^>]*?\ssrc="([^"]+)"/g).filter((address) => !address.startsWith('data:')),
      (data) => data.length,
    );
    expect(code + gzip(inline(html))).toBeLessThanOrEqual(15 * KB);
    expect(gzip(html) + code + styles + pictures).toBeLessThanOrEqual(110 * KB);
    // A browser reads all of it before the end of the page is there.
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(250 * KB);
  });

  test('the faces together weigh 150 KB, and only faces that a page uses are there', async () => {
    const faces = await files(/\.woff2?$/);
    expect(faces.length).toBe(8);
    const sizes = await Promise.all(faces.map(async (name) => (await stat(join(dist, '_astro', name))).size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(150 * KB);
  });

  // The lab has the pad to draw on and the choice among networks, too.
  for (const [path, limit] of [
    ['index.html', 25],
    ['lab/index.html', 26],
  ] as const) {
    test(`the island code of ${path} without tfjs weighs ${limit} KB`, async () => {
      const code = new Set<string>();
      for (const entry of islands(await readFile(join(dist, path), 'utf8'))) await closure(entry, code);
      expect(code.size).toBeGreaterThan(1);
      const size = await sizeOf([...code]);
      expect(size).toBeLessThanOrEqual(limit * KB);
    });
  }

  test('the worker weighs 180 KB and is the one script that holds tfjs', async () => {
    const [worker, ...others] = await files(/worker.*\.js$/);
    expect(others).toEqual([]);
    expect(await sizeOf([`_astro/${worker!}`])).toBeLessThanOrEqual(180 * KB);
    const scripts = await files(/\.js$/);
    const texts = await Promise.all(scripts.map((name) => readFile(join(dist, '_astro', name), 'utf8')));
    expect(scripts.filter((_, i) => texts[i]!.includes('Conv2DBackpropInput'))).toEqual([worker]);
  });

  test('the weights weigh 110 KB, the images of the sweeps 250 KB', async () => {
    const folder = join(dist, 'models', 'mnist-cnn');
    const weights = (await readdir(folder)).filter((name) => name.endsWith('.bin'));
    expect(weights.length).toBe(1);
    expect((await stat(join(folder, weights[0]!))).size).toBeLessThanOrEqual(110 * KB);
    expect((await stat(join(dist, 'results', 'sweep-images.bin'))).size).toBeLessThanOrEqual(250 * KB);
  });
});

describe('the policy', () => {
  for (const path of pages) {
    test(`${path} allows no inline script, no eval and no style element without its hash`, async () => {
      const html = await readFile(join(dist, path), 'utf8');
      const [policy = ''] = matches(html, /http-equiv="content-security-policy" content="([^"]+)"/g);
      const directives = new Map(
        policy.split(';').map((directive) => {
          const [name = '', ...sources] = directive.trim().split(/\s+/);
          return [name, sources];
        }),
      );
      expect(directives.get('default-src')).toEqual(["'none'"]);
      for (const name of ['script-src', 'script-src-elem', 'style-src', 'style-src-elem']) {
        const sources = directives.get(name) ?? [];
        expect(sources, name).not.toContain("'unsafe-inline'");
        expect(sources, name).not.toContain("'unsafe-eval'");
      }
      expect(directives.get('script-src')).toContain("'self'");
      expect(directives.get('style-src')).toContain("'self'");
    });
  }
});

test('index asks for the worker when a widget comes near, once for all widgets, and for less than the budget before', async ({
  browser,
}) => {
  const server = await serve(dist);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(server.url, { waitUntil: 'networkidle' });
    expect(asked.filter((path) => /worker|\.bin$|model\.json|results\//.test(path))).toEqual([]);
    const html = await readFile(join(dist, 'index.html'), 'utf8');
    const code = await sizeOf([...new Set(asked.filter((path) => path.endsWith('.js')))]);
    const rest = await sizeOf(asked.filter((path) => /\.(css|png)$/.test(path)));
    expect(code + gzip(inline(html))).toBeLessThanOrEqual(15 * KB);
    // The contents show what each widget says, and wake at once.
    expect(gzip(html) + code + rest).toBeLessThanOrEqual(116 * KB);

    await scrollThrough(page);
    await expect.poll(() => asked.filter((path) => path.includes('worker')).length).toBeGreaterThan(0);
    await page.waitForTimeout(1_000);
    expect(new Set(asked.filter((path) => /worker.*\.js$/.test(path))).size).toBe(1);
    expect(page.workers().length).toBe(1);
  } finally {
    await context.close();
    await server.close();
  }
});

test('served below a path the site works there and asks for nothing outside', async ({ browser }) => {
  const server = await serve(dist, { base: '/report/' });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const failed: string[] = [];
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('response', (response) => {
      if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
    });
    page.on('pageerror', (error) => failed.push(error.message));
    await page.goto(server.url, { waitUntil: 'load' });
    await scrollThrough(page);
    await expect.poll(() => asked.some((url) => /worker.*\.js$/.test(url)), { timeout: 20_000 }).toBe(true);
    await expect.poll(() => asked.some((url) => url.includes('.bin')), { timeout: 20_000 }).toBe(true);
    const broken = await page.evaluate(async () => {
      const images = [...document.images];
      for (const image of images) image.loading = 'eager';
      await Promise.all(images.map((image) => image.decode().catch(() => undefined)));
      return images.filter((image) => image.naturalWidth === 0).map((image) => image.src);
    });
    expect(broken).toEqual([]);
    const loaded = await page.evaluate(async () => {
      await document.fonts.ready;
      return [...document.fonts].filter((face) => face.status === 'loaded').length;
    });
    expect(loaded).toBeGreaterThan(4);

    const addresses = await page.evaluate(() => [
      ...new Set(
        [...document.querySelectorAll<HTMLAnchorElement>('a[href]')]
          .filter((link) => link.origin === location.origin)
          .map((link) => link.href.replace(/#.*$/, '')),
      ),
    ]);
    for (const address of addresses) {
      expect(address.startsWith(server.url), address).toBe(true);
      expect((await fetch(address)).status, address).toBe(200);
    }
    for (const path of ['model/', 'methods/', 'networks/', 'lab/']) {
      await page.goto(new URL(path, server.url).href, { waitUntil: 'load' });
      await scrollThrough(page);
    }
    expect(failed).toEqual([]);
    expect(asked.filter((url) => !url.startsWith(server.url) && /^https?:/.test(url))).toEqual([]);
  } finally {
    await context.close();
    await server.close();
  }
});
