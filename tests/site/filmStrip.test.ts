// The strip of an iterative attack and the chart below it, for any number of steps.
import { describe, expect } from 'vitest';
import { test } from './test.ts';

/** Centres of the shown elements, rounded to whole pixels. */
const centres = (elements: Element[]): number[] =>
  elements
    .map((element) => element.getBoundingClientRect())
    .filter(({ width }) => width > 0)
    .map(({ left, width }) => Math.round(left + width / 2));

describe('the film strip', () => {
  for (const { steps, clicks } of [
    { steps: 2, clicks: -3 },
    { steps: 4, clicks: -1 },
    { steps: 7, clicks: 2 },
  ]) {
    test(`of ${steps} steps: the points of the chart stand under their columns or have numbers`, async ({
      visit,
    }) => {
      const { page } = await visit('', { viewport: { width: 1440, height: 900 } });
      const figure = page.locator('#figure-3');
      await figure.scrollIntoViewIfNeeded();
      await figure.locator('[data-ready="true"]').first().waitFor();
      for (let i = 0; i < Math.abs(clicks); i++)
        await figure
          .locator('.stepper button')
          .nth(clicks < 0 ? 0 : 1)
          .click();
      const pictures = figure.locator('.film li .pair');
      await expect.poll(() => pictures.count(), { timeout: 20_000 }).toBe(steps + 1);
      const points = await figure.locator('.film circle.true').evaluateAll(centres);
      const numbers = await figure.locator('.film .c-wide .tick[text-anchor="middle"]').evaluateAll(centres);
      expect(points).toEqual(steps < 6 ? await pictures.evaluateAll(centres) : numbers);
    });
  }
});
