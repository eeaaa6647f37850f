// Every control of every page by keyboard alone, with a focus that can be seen.
import { describe, expect } from 'vitest';
import { test } from './test.ts';
import { wakeWidgets } from './wakeWidgets.ts';

const pages = ['', 'model/', 'methods/', 'lab/', '404.html'];

/** Where the focus is: the control's number, and what is wrong with it, if anything. */
interface Stop {
  focusable: number;
  faults: string[];
}

/** Runs in the page: numbers the controls that a reader sees, and says how many there are. */
function numberControls(): number {
  const controls = [
    ...document.querySelectorAll<HTMLElement>(
      'a[href], button:not(:disabled), input:not(:disabled), select, summary, [tabindex="0"]',
    ),
  ].filter((element) => element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }));
  controls.forEach((control, index) => (control.dataset.focusable = String(index)));
  return controls.length;
}

/** Runs in the page: looks at the control that has the focus. A link inside a sentence may be lower than 24 pixels. */
function inspectFocus(): Stop | undefined {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return undefined;
  const drawn = (target: Element | null): boolean => {
    if (target === null) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(target);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  };
  const slider = element.matches('[type="range"]');
  // A switch draws its focus on the track beside it, a slider on its thumb (looked at below).
  const outlined =
    drawn(element) || slider || (element.matches('input') && drawn(element.nextElementSibling));
  const { height } = (element.closest('label') ?? element).getBoundingClientRect();
  const low = height < 24 && getComputedStyle(element).display !== 'inline';
  const name = element.outerHTML.slice(0, 120);
  return {
    focusable: Number(element.dataset.focusable ?? -1),
    faults: [...(outlined ? [] : [`no outline: ${name}`]), ...(low ? [`${height} px high: ${name}`] : [])],
  };
}

describe('the keyboard', () => {
  for (const path of pages) {
    test(
      `reaches every control of /${path}, each with a visible focus`,
      { timeout: 180_000 },
      async ({ visit }) => {
        const { page } = await visit(path, {
          viewport: { width: 1440, height: 900 },
          reducedMotion: 'reduce',
        });
        await wakeWidgets(page);
        const count = await page.evaluate(numberControls);
        const reached: number[] = [];
        const faults: string[] = [];
        // From the first link on, which the next test reaches by the key.
        await page.locator('a.skip').focus();
        for (let press = 0; press < count + 20; press++) {
          const stop = await page.evaluate(inspectFocus);
          if (stop === undefined) break;
          reached.push(stop.focusable);
          faults.push(...stop.faults);
          await page.keyboard.press('Tab');
        }
        const missed = await page.evaluate(
          (seen) =>
            [...document.querySelectorAll<HTMLElement>('[data-focusable]')]
              .filter((element) => !seen.includes(Number(element.dataset.focusable)))
              .map((element) => element.outerHTML.slice(0, 120)),
          reached,
        );
        expect(missed).toEqual([]);
        expect(faults).toEqual([]);
      },
    );
  }

  test('goes first to a link that skips to the text', async ({ visit }) => {
    const { page } = await visit('');
    await page.keyboard.press('Tab');
    const skip = page.locator('a.skip');
    expect(await skip.evaluate((link) => link === document.activeElement)).toBe(true);
    expect((await skip.boundingBox())!.x).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  });

  test('shows the focus of a slider on its thumb', async ({ visit }) => {
    const { page } = await visit('');
    const slider = page.locator('input[type="range"]').first();
    await wakeWidgets(page);
    await slider.scrollIntoViewIfNeeded();
    // From a key, so that the browser shows where the focus goes.
    await page.keyboard.press('Tab');
    const before = await slider.screenshot();
    await slider.focus();
    expect((await slider.screenshot()).equals(before)).toBe(false);
  });
});
