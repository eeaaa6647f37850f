import type { Page } from 'playwright-core';

type Watched = typeof globalThis & { faults: string[] };

/**
 * Runs in the page: notes of each control that a reader sees whether it gets the focus, and what is wrong with the look of
 * it then. A link inside a sentence may be lower than 24 pixels; of a group of radio buttons only the chosen one is reached.
 * Returns how many controls there are.
 */
function watchFocus(): number {
  const faults: string[] = [];
  Object.assign(globalThis, { faults });
  const controls = [
    ...document.querySelectorAll<HTMLElement>(
      'a[href], button:not(:disabled), input:not(:disabled, [type="radio"]:not(:checked)), select, summary, [tabindex="0"]',
    ),
  ].filter((element) => element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }));
  for (const control of controls) control.dataset.missed = '';
  const drawn = (target: Element | null): boolean => {
    if (target === null) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(target);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  };
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    delete target.dataset.missed;
    const name = target.outerHTML.slice(0, 120);
    // A switch draws its focus on the track beside it, a slider on its thumb.
    const beside = target.matches('input') && drawn(target.nextElementSibling);
    if (!drawn(target) && !target.matches('[type="range"]') && !beside) faults.push(`no outline: ${name}`);
    const { height } = (target.closest('label') ?? target).getBoundingClientRect();
    if (height < 24 && getComputedStyle(target).display !== 'inline')
      faults.push(`${height} px high: ${name}`);
  });
  return controls.length;
}

/** Goes through a page by the Tab key from its first link on; returns the controls that it missed, and faults of the focus. */
export async function everyControl(page: Page): Promise<{ missed: string[]; faults: string[] }> {
  const count = await page.evaluate(watchFocus);
  await page.locator('a.skip').focus();
  for (let press = 0; press < count + 20; press++) await page.keyboard.press('Tab');
  return page.evaluate(() => ({
    missed: [...document.querySelectorAll('[data-missed]')].map(({ outerHTML }) => outerHTML.slice(0, 120)),
    faults: (globalThis as Watched).faults,
  }));
}
