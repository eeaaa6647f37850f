// The strip of an iterative attack and the chart below it, for any number of steps.
import { expect } from 'vitest';
import { test } from './test.ts';
import { withoutMoreImages } from './wakeWidgets.ts';

/** Centres of the shown elements, rounded to whole pixels. */
const centres = (elements: Element[]): number[] =>
  elements
    .map((element) => element.getBoundingClientRect())
    .filter(({ width }) => width > 0)
    .map(({ left, width }) => Math.round(left + width / 2));

test('the points of the chart under a film strip stand under its columns, or have numbers where these are many', async ({
  visit,
}) => {
  const { page } = await visit('404.html', { viewport: { width: 1440, height: 900 } });
  await withoutMoreImages(page);
  await page.goto('');
  const figure = page.locator('#figure-3');
  await figure.scrollIntoViewIfNeeded();
  await figure.locator('[data-ready="true"]').first().waitFor();
  const [fewer, more] = [figure.locator('.stepper button').first(), figure.locator('.stepper button').nth(1)];
  const pictures = figure.locator('.film li .pair');
  for (const steps of [4, 3, 2, 3, 4, 5, 6, 7]) {
    await ((await pictures.count()) > steps + 1 ? fewer : more).click();
    await expect.poll(() => pictures.count(), { timeout: 20_000, message: `${steps} steps` }).toBe(steps + 1);
    const points = await figure.locator('.film circle.true').evaluateAll(centres);
    const numbers = await figure.locator('.film .c-wide .tick[text-anchor="middle"]').evaluateAll(centres);
    expect(points).toEqual(steps < 6 ? await pictures.evaluateAll(centres) : numbers);
  }
});
