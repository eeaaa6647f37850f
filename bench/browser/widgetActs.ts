// What a reader does to a widget, done in a browser that keeps the times.
import type { Page } from 'playwright-core';
import { launchBrowser } from '../../tools/browser/launchBrowser.ts';
import { openWidget, runInWorkers } from '../../tools/browser/openWidget.ts';
import { recordPaints, type Act, type Paints } from './recordPaints.ts';

type Kept = typeof globalThis & { paints: Paints };

/** An open page and its widget. */
export interface Opened {
  page: Page;
  widget: Awaited<ReturnType<typeof openWidget>>;
}

/** Acts that are timed, after some that warm up. */
const ACTS = 40;
const WARM = 5;

/** Milliseconds between two acts: shorter than the rest after which the widget fills in. */
const PAUSE = 120;

/**
 * Opens the first widget in a browser of its own, which has compiled no shader before, waits for the check and uses it.
 *
 * @param url address of the site
 * @param prelude code that runs in the worker before its own
 */
export async function visit<T>(
  { url, prelude = finishing }: { url: string; prelude?: string | undefined },
  use: (opened: Opened) => Promise<T>,
): Promise<T> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    // The first page of a browser pays for its start.
    await page.goto(new URL('404.html', url).href);
    await page.addInitScript(recordPaints);
    await runInWorkers(page, prelude);
    await page.goto(new URL('#figure-1', url).href, { waitUntil: 'load' });
    const widget = await openWidget(page, 'q1');
    await widget.reaches('reproduced');
    return await use({ page, widget });
  } finally {
    await browser.close();
  }
}

/** What a page kept about itself. */
export function kept(page: Page) {
  return page.evaluate(() => {
    const { hydrated, reproduced, longTasks, answers } = (globalThis as Kept).paints;
    return { hydrated: hydrated!, reproduced: reproduced!, longTasks, answers };
  });
}

/** An act, and the milliseconds that software WebGL then still took to paint the frame. */
export interface RasterAct extends Act {
  raster: number;
}

/** Lets `finish` wait in the worker until WebGL has done all that it was told, and return the milliseconds. */
const finishing = `{
  const { getContext } = OffscreenCanvas.prototype;
  OffscreenCanvas.prototype.getContext = function (...rest) {
    const gl = getContext.apply(this, rest);
    self.finish = () => {
      const begin = performance.now();
      const bound = gl.getParameter(gl.FRAMEBUFFER_BINDING);
      gl.bindFramebuffer(gl.FRAMEBUFFER, null);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
      gl.bindFramebuffer(gl.FRAMEBUFFER, bound);
      return performance.now() - begin;
    };
    return gl;
  };
}\n`;

/**
 * Without a screen, software WebGL keeps the page's last frame until somebody waits for it, and that would be the next act.
 * Waited for at once, it is a figure of its own.
 */
function finish(page: Page): Promise<number> {
  return page
    .workers()
    .at(-1)!
    .evaluate(() => (globalThis as typeof globalThis & { finish?: () => number }).finish?.() ?? 0);
}

/** Acts again and again, each time until the answer is painted. */
async function repeat(page: Page, act: (i: number) => Promise<unknown>): Promise<RasterAct[]> {
  const seen: Act[] = [];
  const raster: number[] = [];
  for (let i = 0; i < ACTS + WARM; i++) {
    await page.evaluate(() => (globalThis as Kept).paints.expect());
    await act(i);
    seen.push(await page.evaluate(() => (globalThis as Kept).paints.act));
    await page.waitForTimeout(PAUSE / 2);
    raster.push(await finish(page));
    await page.waitForTimeout(PAUSE / 2);
  }
  return seen.map((act, i) => ({ ...act, raster: raster[i]! })).slice(WARM);
}

/** Waits until the check of the further images is over too. */
async function settle({ page, widget: { status } }: Opened): Promise<void> {
  await status.getByText('20 of 20 more').waitFor({ timeout: 60_000 });
  await page.waitForTimeout(500);
}

/** ε up and down by the arrow keys between 0.1 and 0.2: never the build's own, for which nothing is computed. */
export async function turn(opened: Opened, steps = 1): Promise<RasterAct[]> {
  const { page, widget } = opened;
  await settle(opened);
  for (let step = 1; step < steps; step++)
    await widget.widget.getByRole('button', { name: 'One step more' }).click();
  await widget.slider.fill('0.1');
  await widget.slider.focus();
  return repeat(page, (i) => page.keyboard.press(i % 40 < 20 ? 'ArrowRight' : 'ArrowLeft'));
}

/** Another image each time, whose gradient is new. */
export async function browse(opened: Opened): Promise<RasterAct[]> {
  await settle(opened);
  const select = opened.widget.widget.getByLabel('Test image', { exact: true });
  await select.focus();
  const options = select.locator('optgroup option');
  await options.nth(ACTS + 10).waitFor({ state: 'attached' });
  const images = await options.evaluateAll((all) => all.map((option) => (option as HTMLOptionElement).value));
  return repeat(opened.page, (i) => select.selectOption(images[i + 1]!));
}

/** The slider by the mouse, to and fro for two seconds; returns how many answers were painted. */
export async function drag({ page, widget: { slider } }: Opened): Promise<number> {
  const { x, y, width, height } = (await slider.boundingBox())!;
  const to = (share: number) => page.mouse.move(x + width * share, y + height / 2);
  const before = (await kept(page)).answers;
  await to(0.6);
  await page.mouse.down();
  const end = performance.now() + 2_000;
  for (let i = 0; performance.now() < end; i++) {
    await to(0.5 + 0.4 * Math.cos(i / 20));
    await page.waitForTimeout(10);
  }
  await page.mouse.up();
  await page.waitForTimeout(500);
  return (await kept(page)).answers - before;
}
