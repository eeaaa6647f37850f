import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Keeps the images from a page that its self-check goes on with after the example. */
export async function withoutMoreImages(page: Page): Promise<void> {
  await page.route(/widget-check/, (route) => route.abort());
}

/** Brings every widget of the text near the window and waits until none is at work. */
export async function wakeWidgets(page: Page): Promise<void> {
  await withoutMoreImages(page);
  const asleep = page.locator('article astro-island[ssr]');
  const scrollToFirst = async (): Promise<number> => {
    // The island itself has no box.
    await page.evaluate(() => document.querySelector('article astro-island[ssr] > div')?.scrollIntoView());
    return asleep.count();
  };
  await expect.poll(scrollToFirst, { timeout: 30_000 }).toBe(0);
  const running = page.locator('.status-line[data-state="running"]');
  await expect.poll(() => running.count(), { timeout: 40_000 }).toBe(0);
  await page.evaluate(() => {
    window.scrollTo(0, 0);
  });
}
