// A widget of an open page, driven as a reader does.
import type { BrowserContext, Page } from 'playwright-core';

/** A widget of the page, brought into view. */
export async function openWidget(page: Page, name: string) {
  const widget = page.locator(`[data-widget="${name}"]`);
  await widget.scrollIntoViewIfNeeded();
  await page.locator(`[data-widget="${name}"][data-ready="true"]`).waitFor();
  const status = widget.locator('.status-line');
  return {
    widget,
    status,
    /** Waits until the status line is in a state and returns its words. */
    reaches: async (state: string): Promise<string> => {
      await widget.locator(`.status-line[data-state="${state}"]`).waitFor({ timeout: 45_000 });
      return (await status.textContent()) ?? '';
    },
    slider: widget.locator('input[type="range"]'),
    number: widget.locator('input[type="number"]'),
    verdict: widget.locator('.vector tr.fooled .class'),
  };
}

/** Runs some code in each worker of a page, or of all pages of a context, before its own. */
export async function runInWorkers(page: Page | BrowserContext, prelude: string): Promise<void> {
  await page.route(/attack\.worker.*\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: prelude + (await response.text()) });
  });
}
