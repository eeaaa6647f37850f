import type { Page } from 'playwright-core';

/** Waits until every part of a page is shown. */
export async function arrived(page: Page): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('[data-waits]'));
}
