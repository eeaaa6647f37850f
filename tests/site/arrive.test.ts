// A page arrives part by part: how it ends, and who gets it whole.
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { arrived } from '../../tools/browser/arrived.ts';
import { test } from './test.ts';

const waiting = (page: Page): Promise<number> => page.locator('[data-waits]').count();

/** Opens a page whose frames wait for `step`, so that nothing arrives by itself. */
async function openHeld(page: Page, path: string): Promise<void> {
  await page.addInitScript(() => {
    const held: FrameRequestCallback[] = [];
    Object.assign(globalThis, { held });
    globalThis.requestAnimationFrame = (callback) => held.push(callback);
  });
  await page.goto(path);
}

/** Runs the frames that wait and what they start. */
async function step(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { held } = globalThis as unknown as { held: FrameRequestCallback[] };
    for (const callback of held.splice(0)) callback(performance.now());
    await new Promise((done) => setTimeout(done, 10));
  });
}

test('parts of the text are shown in their order until all are', async ({ visit }) => {
  const { page } = await visit('404.html');
  await openHeld(page, './');
  const all = await waiting(page);
  expect(all).toBeGreaterThan(40);
  const counts = [all];
  for (let steps = 0; steps < 200 && counts.at(-1)! > 0; steps++) {
    await step(page);
    counts.push(await waiting(page));
    const inOrder = await page.evaluate(() => {
      const parts = [...document.querySelectorAll('article > *')].map((part) => part.matches('[data-waits]'));
      return !parts.includes(true) || !parts.slice(parts.indexOf(true)).includes(false);
    });
    expect(inOrder).toBe(true);
  }
  expect(counts.at(-1)).toBe(0);
  // More than a few steps, or the first frame would have all of it to do.
  expect(counts.length).toBeGreaterThan(8);
});

test('a click and a key show the rest at once', async ({ visit }) => {
  for (const touch of ['click', 'key'] as const) {
    const { page } = await visit('404.html');
    await openHeld(page, 'methods/');
    expect(await waiting(page)).toBeGreaterThan(0);
    if (touch === 'click') await page.mouse.click(2, 2);
    else await page.keyboard.press('Tab');
    expect(await waiting(page)).toBe(0);
  }
});

test('paper gets what still waits', async ({ visit }) => {
  const { page } = await visit('404.html');
  await openHeld(page, 'methods/');
  const last = page.locator('.references');
  expect(await last.isVisible()).toBe(false);
  await page.emulateMedia({ media: 'print' });
  expect(await last.isVisible()).toBe(true);
});

test('a link to a place in a page ends there, and the page comes whole', async ({ visit }) => {
  const { page } = await visit('methods/');
  const ids = await page.evaluate(() =>
    [...document.querySelectorAll('article [id]')]
      .filter((element) => element.matches('h2, figure, .equation'))
      .map(({ id }) => id),
  );
  const last = ids.at(-1)!;
  for (const id of [ids[0]!, last]) {
    await page.goto('404.html');
    await page.goto(`methods/#${id}`);
    expect(await waiting(page)).toBe(0);
    const placed = await page.evaluate((target) => {
      const top = document.getElementById(target)!.getBoundingClientRect().top;
      const end = Math.abs(innerHeight + scrollY - document.documentElement.scrollHeight) < 2;
      return { top, end };
    }, id);
    // At the top of the window, or as near as the end of the page lets it come.
    if (!placed.end) expect(Math.abs(placed.top - 24)).toBeLessThan(2);
    else expect(placed.top).toBeGreaterThanOrEqual(0);
  }
});

test('a link to words of a page gets it whole: a browser cannot find what waits', async ({ visit }) => {
  const { page } = await visit('404.html');
  await openHeld(page, 'methods/#:~:text=Provenance');
  expect(await waiting(page)).toBe(0);
});

test('a reload keeps the place of the reader', async ({ visit }) => {
  const { page } = await visit('methods/');
  await page.evaluate(() => {
    window.scrollTo(0, 3000);
  });
  await page.reload();
  await arrived(page);
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(3000);
});

test('without scripts nothing waits', async ({ visit }) => {
  const { page } = await visit('', { javaScriptEnabled: false });
  expect(await waiting(page)).toBe(0);
  expect(await page.locator('body > footer').isVisible()).toBe(true);
});
