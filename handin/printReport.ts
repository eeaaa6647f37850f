// The report on paper: printed from the built page by the browser that the tests use.
import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../tools/browser/launchBrowser.ts';
import { settlePdf } from './settlePdf.ts';

/** Where the built site lies and where it will live. */
export interface PrintOptions {
  /** Folder of the built site. */
  dist?: string;
  /** Address of the site's root with its base path, a slash at its end. */
  url: string;
  /** Whether the site can be reached at that address; if not, links to its other pages are left out. */
  reachable: boolean;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/**
 * The report as PDF: A4, the style sheet's margins and footers, every widget with its static result, for no script
 * runs. Equal pages give equal bytes.
 *
 * @throws if the site is not built, the page cannot be loaded, or a file that it names is missing
 */
export async function printReport({ dist = 'dist', url, reachable }: PrintOptions): Promise<Uint8Array> {
  if (!url.endsWith('/')) throw new Error(`invalid address: ${url}, expected one with a slash at its end`);
  const page = join(dist, 'index.html');
  if (!(await stat(page).catch(() => undefined))) {
    throw new Error(`no report to print: ${page} is missing; run npm run build`);
  }
  const browser = await launchBrowser();
  try {
    return await settlePdf(await print(browser, dist, url), { url, reachable });
  } finally {
    await browser.close();
  }
}

async function print(browser: Browser, dist: string, url: string): Promise<Uint8Array> {
  const context = await browser.newContext({ javaScriptEnabled: false, colorScheme: 'light' });
  const missing: string[] = [];
  // The site is read from its folder under its own address, so that links lead where they will.
  await context.route('**', async (route) => {
    const address = new URL(route.request().url());
    const path = address.href.startsWith(url)
      ? decodeURIComponent(address.pathname.slice(new URL(url).pathname.length))
      : undefined;
    const name = path === undefined || path === '' || path.endsWith('/') ? `${path ?? ''}index.html` : path;
    const body = path === undefined ? undefined : await readFile(join(dist, name)).catch(() => undefined);
    if (body === undefined) {
      missing.push(address.href);
      await route.abort();
    } else {
      await route.fulfill({ body, contentType: types[extname(name)] ?? 'application/octet-stream' });
    }
  });
  const page = await context.newPage();
  await page.emulateMedia({ media: 'print' });
  await page.goto(url, { waitUntil: 'networkidle' });
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true });
  await context.close();
  if (missing.length > 0) throw new Error(`the report names files that are not there: ${missing.join(', ')}`);
  return pdf;
}
