// The site tests' `test`: vitest's, with a browser per file and pages that record what went wrong.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { inject, test as base } from 'vitest';
import { launchBrowser } from '../../tools/browser/launchBrowser.ts';

/** An open page and what it did that a page of this site must not do. */
interface Visit {
  page: Page;
  /** Console errors, uncaught exceptions and failed or refused requests of the site's own files. */
  errors: string[];
  /** Addresses of requests to anywhere but the site's own origin. They are recorded and refused. */
  foreign: string[];
}

/** Opens `path` (relative to the site's root, '' for the first page) in a context of its own. */
type Visitor = (path: string, options?: BrowserContextOptions) => Promise<Visit>;

/** Launches one browser for the tests of a file; `visit` closes its pages after each test. */
export const test = base
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
    const browser = await launchBrowser();
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('visit', ({ browser }, { onCleanup }): Visitor => {
    const open = visitor(browser, inject('siteUrl'));
    onCleanup(open.close);
    return open.visit;
  });

function visitor(browser: Browser, siteUrl: string): { visit: Visitor; close: () => Promise<void> } {
  const contexts: Awaited<ReturnType<Browser['newContext']>>[] = [];
  const { origin } = new URL(siteUrl);

  const visit: Visitor = async (path, options = {}) => {
    const context = await browser.newContext({ baseURL: siteUrl, ...options });
    contexts.push(context);
    const errors: string[] = [];
    const foreign: string[] = [];
    await context.route(
      (url) => /^(https?|wss?):$/.test(url.protocol) && url.origin !== origin,
      async (route) => {
        foreign.push(route.request().url());
        await route.abort();
      },
    );
    const page = await context.newPage();
    page.on('pageerror', (error) => errors.push(`uncaught: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(`console: ${message.text()}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) errors.push(`${response.status()}: ${response.url()}`);
    });
    await page.goto(path, { waitUntil: 'load' });
    return { page, errors, foreign };
  };

  const close = async (): Promise<void> => {
    await Promise.all(contexts.map((context) => context.close()));
  };
  return { visit, close };
}
