// What a reader does on a page, and sees there, through any driver.
import { expect } from 'vitest';
import type { Driver } from './driver.ts';

/** Keys as WebDriver writes them. https://www.w3.org/TR/webdriver2/#keyboard-actions */
export const keys = { enter: '\uE007', left: '\uE012', right: '\uE014', tab: '\uE004' };

/** The words of the first element that matches, '' where there is none. */
export function textOf(driver: Driver, selector: string): Promise<string> {
  return driver.evaluate((name) => document.querySelector(name)?.textContent ?? '', selector);
}

export function valueOf(driver: Driver, selector: string): Promise<string> {
  return driver.evaluate((name) => document.querySelector<HTMLInputElement>(name)!.value, selector);
}

/** A point of the first element that matches, from 0, 0 at its left upper corner to 1, 1, brought into view. */
async function pointOf(driver: Driver, selector: string, [across, down]: [number, number]) {
  const box = await driver.evaluate((name) => {
    const element = document.querySelector(name);
    element?.scrollIntoView({ block: 'center', behavior: 'instant' });
    return element?.getBoundingClientRect().toJSON() as DOMRect | undefined;
  }, selector);
  if (!box) throw new Error(`no element on the page matches ${selector}`);
  return { x: Math.round(box.x + across * box.width), y: Math.round(box.y + down * box.height) };
}

/** Presses the mouse at the first point of an element, moves through the others and lifts it. */
export async function drag(driver: Driver, selector: string, points: [number, number][]): Promise<void> {
  const path = [];
  for (const point of points) path.push(await pointOf(driver, selector, point));
  const [first, ...rest] = path;
  const moves = rest.map((to) => ({ type: 'pointerMove' as const, ...to, duration: 30 }));
  await driver.perform([
    {
      type: 'pointer',
      id: 'mouse',
      actions: [
        { type: 'pointerMove', ...first! },
        { type: 'pointerDown', button: 0 },
        ...moves,
        { type: 'pointerUp', button: 0 },
      ],
    },
  ]);
}

/** Clicks the first button of a part of the page that has these words. */
export async function clickButton(driver: Driver, part: string, words: string): Promise<void> {
  await driver.evaluate(
    (within, text) => {
      for (const marked of document.querySelectorAll('[data-clicked]'))
        marked.removeAttribute('data-clicked');
      const buttons = [...document.querySelectorAll<HTMLElement>(`${within} button`)];
      const button = buttons.find(({ textContent }) => textContent.includes(text));
      if (button) button.dataset.clicked = '';
    },
    part,
    words,
  );
  await click(driver, '[data-clicked]');
}

function click(driver: Driver, selector: string): Promise<void> {
  return drag(driver, selector, [[0.5, 0.5]]);
}

/** Presses and releases keys, one after another. */
export async function press(driver: Driver, ...pressed: string[]): Promise<void> {
  const actions = pressed.flatMap((value) => [
    { type: 'keyDown' as const, value },
    { type: 'keyUp' as const, value },
  ]);
  await driver.perform([{ type: 'key', id: 'keyboard', actions }]);
}

export function focus(driver: Driver, selector: string): Promise<void> {
  return driver.evaluate((name) => {
    document.querySelector<HTMLElement>(name)!.focus();
  }, selector);
}

/** Brings a widget into view and waits until it answers. */
export async function wake(driver: Driver, widget: string): Promise<void> {
  const ready = () =>
    driver.evaluate((name) => {
      const element = document.querySelector<HTMLElement>(`[data-widget="${name}"]`);
      element?.scrollIntoView({ behavior: 'instant' });
      return element?.dataset.ready;
    }, widget);
  await expect.poll(ready, { timeout: 20_000, interval: 100, message: `${widget} wakes` }).toBe('true');
}

/** Waits until the status line of a widget is in the given state; returns its words. */
export async function reaches(
  driver: Driver,
  widget: string,
  state: string,
  timeout = 30_000,
): Promise<string> {
  const seen = () =>
    driver.evaluate((name) => {
      const line = document.querySelector<HTMLElement>(`[data-widget="${name}"] .status-line`)!;
      return `${line.dataset.state!}: ${line.textContent}`;
    }, widget);
  await expect.poll(seen, { timeout, interval: 100 }).toMatch(new RegExp(`^${state}: `));
  return (await seen()).slice(state.length + 2);
}
