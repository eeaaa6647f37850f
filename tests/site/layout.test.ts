// The page as a grid of boxes: nothing wider than the window, nothing on top of anything else, nothing that jumps.
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { test } from './test.ts';

const pages = ['', 'model/', 'methods/', 'networks/', 'lab/', '404.html'];
const widths = [1440, 1100, 768, 390, 360, 320];

/** Shows everything that a reader may open, and lets every island near the window come to life. */
async function openAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
}

for (const path of pages) {
  test(`/${path} never scrolls sideways at ${widths.join(', ')} pixels, with everything open`, async ({
    visit,
  }) => {
    const { page } = await visit(path);
    await openAll(page);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      const { scrollWidth, beyond } = await page.evaluate((edge) => {
        const scrolls = (element: Element | null): boolean =>
          element !== null &&
          (/auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX) ||
            scrolls(element.parentElement));
        const beyond = [...document.querySelectorAll('body *')].filter((element) => {
          const { right, width } = element.getBoundingClientRect();
          return (
            width > 0 && right > edge + 0.5 && !scrolls(element.parentElement) && !element.closest('svg')
          );
        });
        return {
          scrollWidth: document.documentElement.scrollWidth,
          beyond: beyond.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)),
        };
      }, width);
      expect(beyond, `${width}`).toEqual([]);
      expect(scrollWidth, `${width}`).toBeLessThanOrEqual(width);
    }
  });
}

for (const path of ['', 'model/', 'methods/', 'networks/', 'lab/']) {
  test(`/${path} keeps its text in paragraphs, and margin notes off each other and off figures`, async ({
    visit,
  }) => {
    const { page } = await visit(path);
    const bare = await page
      .locator('article')
      .evaluate(({ childNodes }) =>
        [...childNodes]
          .filter((node) => node.nodeType === Node.TEXT_NODE)
          .map((node) => node.nodeValue!.trim()),
      );
    expect(bare.join('')).toBe('');
    await page.evaluate(() => document.fonts.ready);
    for (const width of [1440, 1100]) {
      await page.setViewportSize({ width, height: 900 });
      const overlaps = await page.evaluate(() => {
        const boxes = [...document.querySelectorAll('article > :not(.peek-tip)')].map((element) => ({
          element,
          box: element.getBoundingClientRect(),
        }));
        const notes = boxes.filter(({ element }) => element.matches('.margin-note'));
        return notes.flatMap((note) =>
          boxes
            .filter(
              ({ element, box }) =>
                element !== note.element &&
                box.left < note.box.right - 1 &&
                box.right > note.box.left + 1 &&
                box.top < note.box.bottom - 1 &&
                box.bottom > note.box.top + 1,
            )
            .map(
              ({ element }) => `${note.element.textContent.slice(0, 40)} × ${element.outerHTML.slice(0, 60)}`,
            ),
        );
      });
      expect(overlaps, `${width}`).toEqual([]);
    }
  });
}

// Not the 404 page: it paints before its faces arrive when requests are intercepted, as they are here.
for (const path of pages.filter((name) => name !== '404.html')) {
  for (const width of [1440, 390]) {
    // When a face arrives depends on what else the machine does: a page that never stays still fails all three times.
    const name = `/${path} shifts by less than 0.02 while it loads and is read, ${width} pixels wide`;
    test(name, { retry: 2 }, async ({ visit }) => {
      const { page } = await visit('404.html', { viewport: { width, height: 900 } });
      await page.addInitScript(() => {
        const shifts: number[] = [];
        Object.assign(window, { shifts });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            shifts.push((entry as PerformanceEntry & { value: number }).value);
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(path === '' ? './' : path, { waitUntil: 'networkidle' });
      await page.evaluate(async () => {
        for (let y = 0; y < document.documentElement.scrollHeight; y += 500) {
          window.scrollTo(0, y);
          await new Promise((resolve) => setTimeout(resolve, 40));
        }
      });
      await page.waitForTimeout(300);
      const sum = await page.evaluate(() =>
        (window as unknown as { shifts: number[] }).shifts.reduce((a, b) => a + b, 0),
      );
      expect(sum).toBeLessThan(0.02);
    });
  }
}

test('the pictures of an attack keep whole pixels at every width', async ({ visit }) => {
  const { page } = await visit('');
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    const sides = await page
      .locator('#figure-1 .three-pictures .pixel-picture')
      .evaluateAll((pictures) => pictures.map((picture) => picture.getBoundingClientRect().width));
    expect(sides.length).toBe(3);
    for (const side of sides) expect(side % 28, `${width}: ${side}`).toBeCloseTo(0);
  }
});

test('on paper the report has no controls, all disclosures open, light ink, and the wide charts', async ({
  visit,
}) => {
  const { page } = await visit('', { colorScheme: 'dark', viewport: { width: 680, height: 900 } });
  await page.emulateMedia({ media: 'print' });
  for (const selector of ['header.top', '.controls', '.toc', '[data-copy]', '.chart.c-small', '.foot']) {
    for (const element of await page.locator(selector).all())
      expect(await element.isVisible(), selector).toBe(false);
  }
  const closed = await page.locator('details:not(.foot details)').evaluateAll(
    (all) =>
      all.filter((details) => {
        const content = details.lastElementChild!;
        return (
          content.checkVisibility({ contentVisibilityAuto: true }) &&
          content.getBoundingClientRect().height === 0
        );
      }).length,
  );
  expect(closed).toBe(0);
  expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(0, 0, 0)');
  expect(await page.locator('#figure-2 .chart.c-wide').isVisible()).toBe(true);
});
