// What a reader does to a widget by hand: fields, fingers, pens, a translated page.
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { openWidget } from '../../tools/browser/openWidget.ts';
import { test } from './test.ts';

test('the field of ε holds the ε in force, whatever is typed or turned, and reaches the largest with any k', async ({
  visit,
}) => {
  const { page } = await visit('#figure-1');
  const { number, reaches, slider, widget } = await openWidget(page, 'q1');
  await reaches('reproduced');
  for (const keys of ['Delete', '-']) {
    await number.focus();
    await number.press('ControlOrMeta+a');
    await number.press(keys);
    await number.blur();
    expect(await number.inputValue()).toBe('0.3');
  }
  // An answer that comes meanwhile leaves what is being typed.
  await widget.getByRole('button', { name: 'Run again' }).click();
  await number.fill('0.02');
  await reaches('reproduced');
  expect(await number.inputValue()).toBe('0.02');
  await number.fill('0.3');
  await number.focus();
  await number.hover();
  await page.mouse.wheel(0, 200);
  await page.waitForTimeout(100);
  expect(await number.inputValue()).toBe('0.3');

  await widget.getByRole('button', { name: /per step/ }).click();
  const more = widget.getByRole('button', { name: 'One step more' });
  for (let k = 2; k <= 17; k++) {
    await more.click();
    if (![6, 7, 14, 15, 17].includes(k)) continue;
    await number.fill('9');
    await number.press('Enter');
    await expect.poll(() => slider.inputValue(), { message: `k = ${k}` }).toBe('0.5');
    await number.fill('0.01');
    await number.press('Enter');
    await expect.poll(() => slider.inputValue()).not.toBe('0.5');
  }
});

/** Scrolls by a finger that begins on an element. */
async function scrollFrom(page: Page, selector: string): Promise<number> {
  const box = (await page.locator(selector).boundingBox())!;
  const before = await page.evaluate(() => scrollY);
  const devtools = await page.context().newCDPSession(page);
  const x = box.x + box.width * 0.2;
  const y = box.y + box.height / 2;
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  await touch('touchStart', [{ x, y }]);
  for (let moved = 10; moved <= 150; moved += 10) await touch('touchMove', [{ x, y: y - moved }]);
  await touch('touchEnd', []);
  await page.waitForTimeout(200);
  return (await page.evaluate(() => scrollY)) - before;
}

test('a finger that scrolls over the slider or the pad changes nothing', async ({ visit }) => {
  const { page } = await visit('lab/', { hasTouch: true, viewport: { width: 390, height: 700 } });
  const { slider, status } = await openWidget(page, 'lab');
  await slider.scrollIntoViewIfNeeded();
  expect(await scrollFrom(page, '[data-widget="lab"] input[type="range"]')).toBeGreaterThan(100);
  expect(await slider.inputValue()).toBe('0.3');
  await page.locator('.drawing-pad').scrollIntoViewIfNeeded();
  expect(await scrollFrom(page, '.drawing-pad')).toBeGreaterThan(100);
  await page.waitForTimeout(1000);
  expect(await page.locator('.drawing-pad canvas').count()).toBe(0);
  expect(await status.getAttribute('data-state')).not.toBe('computed');
});

/** A pen on the pad of the lab, in shares of its side. */
function penOf(page: Page) {
  const point = (type: string, x: number, y: number, id = 1) =>
    page.locator('.drawing-pad').evaluate(
      (pad, init) => {
        const { left, top, width, height } = pad.getBoundingClientRect();
        const at = { clientX: left + init.x * width, clientY: top + init.y * height };
        // The pointers of a script cannot be captured.
        pad.setPointerCapture = () => undefined;
        pad.dispatchEvent(
          new PointerEvent(init.type, { ...at, pointerId: init.id, pointerType: 'pen', bubbles: true }),
        );
      },
      { type, x, y, id },
    );
  const ink = () =>
    page.locator('.drawing-pad canvas').evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, 28, 28);
      const at = (x: number, y: number) => data[4 * (28 * Math.floor(28 * y) + Math.floor(28 * x)) + 3]!;
      return { left: at(0.25, 0.5), middle: at(0.5, 0.5), right: at(0.75, 0.5) };
    });
  return { point, ink };
}

test('a stroke belongs to one pointer, and one begun before the answer to the last goes on', async ({
  visit,
}) => {
  const { page } = await visit('lab/');
  const { widget, reaches } = await openWidget(page, 'lab');
  await reaches('reproduced');
  await widget.getByRole('button', { name: 'start empty' }).click();
  const { point, ink } = penOf(page);
  await point('pointerdown', 0.25, 0.2);
  await point('pointerdown', 0.75, 0.2, 2);
  await point('pointermove', 0.75, 0.8, 2);
  await point('pointermove', 0.25, 0.8);
  expect(await ink()).toMatchObject({ middle: 0, right: 0 });
  expect((await ink()).left).toBeGreaterThan(0);
  await point('pointerup', 0.75, 0.8, 2);
  await point('pointerup', 0.25, 0.8);
  // The first stroke is handed over after 700 ms; the second begins just then, before the answer to the first.
  await page.waitForTimeout(720);
  await point('pointerdown', 0.75, 0.2);
  await reaches('computed');
  await point('pointermove', 0.75, 0.8);
  const { left, right } = await ink();
  expect(Math.min(left, right)).toBeGreaterThan(0);
  await point('pointerup', 0.75, 0.8);
});

test('an image chosen just after a stroke stays chosen', async ({ visit }) => {
  const { page } = await visit('lab/');
  const { widget, reaches } = await openWidget(page, 'lab');
  await reaches('reproduced');
  const select = widget.getByLabel('Test image', { exact: true });
  await select.focus();
  await expect.poll(() => select.locator('optgroup').count()).toBe(10);
  const chosen = await page.evaluate(() => {
    const pad = document.querySelector('.drawing-pad')!;
    pad.setPointerCapture = () => undefined;
    const { left, top } = pad.getBoundingClientRect();
    const at = { clientX: left + 90, clientY: top + 90, pointerId: 1, pointerType: 'pen', bubbles: true };
    for (const type of ['pointerdown', 'pointerup']) pad.dispatchEvent(new PointerEvent(type, at));
    const list = document.querySelector<HTMLSelectElement>('[data-widget="lab"] .picker select')!;
    list.selectedIndex = 20;
    list.dispatchEvent(new Event('change', { bubbles: true }));
    return list.value;
  });
  await reaches('computed');
  await page.waitForTimeout(1500);
  expect(await select.inputValue()).toBe(chosen);
});

test('a page that a browser translates goes on answering', async ({ visit }) => {
  const { page } = await visit('#figure-1');
  // As translators do: each text in an element of its own, but where that is forbidden.
  await page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: Text[] = [];
    while (texts.nextNode()) found.push(texts.currentNode as Text);
    for (const text of found) {
      if (text.parentElement!.closest('script, style, svg, [translate="no"]')) continue;
      const wrapped = document.createElement('span');
      text.replaceWith(wrapped);
      wrapped.append(text);
    }
  });
  const { slider, widget, reaches } = await openWidget(page, 'q1');
  await reaches('reproduced');
  await slider.press('ArrowLeft');
  expect(await reaches('computed')).toContain('Computed in this browser');
  await expect.poll(() => widget.locator('.scale-key span').last().textContent()).toBe('+0.295');
  expect(await widget.locator('.readout').textContent()).toContain('75.2 of 255');
});
