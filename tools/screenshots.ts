// Pictures of every page as a reader sees it: 1440 and 390 pixels wide, light and dark, into screenshots/.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { runCommand } from '../src/compute/build/commands/runCommand.ts';
import { launchBrowser } from './browser/launchBrowser.ts';
import { serve } from './browser/serve.ts';

const pages = {
  report: '',
  model: 'model/',
  methods: 'methods/',
  networks: 'networks/',
  lab: 'lab/',
  'not-found': '404.html',
};
const widths = [1440, 390];
const themes = ['light', 'dark'] as const;

// Software rendering repeats what lies below its largest texture.
const TILE = 2_400;

/** Takes pictures of one page, from top to bottom, scrolled through once so that everything that loads late is there. */
async function takePictures(
  browser: Browser,
  url: string,
  width: number,
  theme: 'light' | 'dark',
  file: string,
) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: theme });
  await page.goto(url, { waitUntil: 'load' });
  await page.evaluate(async () => {
    const images = [...document.images];
    for (const image of images) image.loading = 'eager';
    await Promise.all(images.map((image) => image.decode()));
  });
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let y = 0; y < height; y += 600) {
    await page.evaluate((top) => {
      window.scrollTo(0, top);
    }, y);
    await page.waitForTimeout(60);
  }
  await page.evaluate(() => {
    window.scrollTo(0, 0);
  });
  await page.waitForTimeout(1_000);
  const files: string[] = [];
  for (let top = 0; top < height; top += TILE) {
    const path = `${file}-${files.length + 1}.png`;
    const clip = { x: 0, y: top, width, height: Math.min(TILE, height - top) };
    await page.screenshot({ path, fullPage: true, clip });
    files.push(path);
  }
  await page.close();
  return files;
}

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    options: { out: { type: 'string', default: 'screenshots' } },
    allowPositionals: true,
  });
  const wanted = positionals.length === 0 ? Object.keys(pages) : positionals;
  const unknown = wanted.find((name) => !Object.hasOwn(pages, name));
  if (unknown !== undefined) {
    throw new Error(`unknown page: ${unknown}, expected some of ${Object.keys(pages).join(', ')}`);
  }
  await mkdir(values.out, { recursive: true });
  const server = await serve('dist');
  const browser = await launchBrowser();
  for (const name of wanted) {
    const url = new URL(pages[name as keyof typeof pages], server.url).href;
    for (const width of widths) {
      for (const theme of themes) {
        const file = join(values.out, `${name}-${width}-${theme}`);
        console.log((await takePictures(browser, url, width, theme, file)).join('\n'));
      }
    }
  }
  return 0;
});
