// Pictures of every page as a reader sees it: 1440 and 390 pixels wide, light and dark, into screenshots/.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { oneOf } from '../src/compute/build/commands/arguments.ts';
import { runCommand } from '../src/compute/build/commands/runCommand.ts';
import { site } from '../src/site/site.config.ts';
import { launchBrowser } from './browser/launchBrowser.ts';
import { serve } from './browser/serve.ts';

const pages = new Map([
  ...site.pages.map(({ label, path }) => [label.toLowerCase(), path] as const),
  ['not-found', '404.html'] as const,
]);
const widths = [1440, 390];
const themes = ['light', 'dark'] as const;

// Software rendering repeats what lies below its largest texture.
const TILE = 2_400;

/** Takes pictures of a page, from top to bottom, scrolled through once so that everything that loads late is there. */
async function takePictures(page: Page, file: string): Promise<string[]> {
  const { width, height } = await page.evaluate(async () => {
    const images = [...document.images];
    for (const image of images) image.loading = 'eager';
    await Promise.all(images.map((image) => image.decode()));
    const { clientWidth, scrollHeight } = document.documentElement;
    for (let y = 0; y < scrollHeight; y += 600) {
      window.scrollTo(0, y);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    window.scrollTo(0, 0);
    return { width: clientWidth, height: scrollHeight };
  });
  await page.waitForTimeout(1_000);
  const files: string[] = [];
  for (let top = 0; top < height; top += TILE) {
    const path = `${file}-${files.length + 1}.png`;
    const clip = { x: 0, y: top, width, height: Math.min(TILE, height - top) };
    await page.screenshot({ path, fullPage: true, clip });
    files.push(path);
  }
  return files;
}

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    options: { out: { type: 'string', default: 'screenshots' } },
    allowPositionals: true,
  });
  const names = [...pages.keys()];
  const wanted = positionals.length === 0 ? names : positionals.map((name) => oneOf('page', name, names));
  await mkdir(values.out, { recursive: true });
  const server = await serve('dist');
  const browser = await launchBrowser();
  for (const name of wanted) {
    for (const width of widths) {
      for (const colorScheme of themes) {
        const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
        await page.goto(new URL(pages.get(name)!, server.url).href, { waitUntil: 'load' });
        const files = await takePictures(page, join(values.out, `${name}-${width}-${colorScheme}`));
        console.log(files.join('\n'));
        await page.close();
      }
    }
  }
  return 0;
});
