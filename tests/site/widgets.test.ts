// The attack widgets in a real browser: the check, every control by mouse and keyboard, links, downloads.
import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { openWidget } from '../../tools/browser/openWidget.ts';
import { test } from './test.ts';
import { jobsDone, openWatched, replies, waitForJobs } from './widgetPage.ts';

interface Seen {
  page: Page;
  errors: string[];
  foreign: string[];
}

/** Opens a page whose workers are watched from the start. */
async function watched(visit: (path: string) => Promise<Seen>, path: string): Promise<Seen> {
  const seen = await visit('404.html');
  await openWatched(seen.page, path);
  return seen;
}

test('the widget of question 1 reproduces the build on webgl, and 20 more images', async ({ visit }) => {
  const { page, errors, foreign } = await visit('404.html');
  await openWatched(page, '#figure-1', { moreImages: true });
  const { reaches, status } = await openWidget(page, 'q1');
  expect(await reaches('reproduced')).toMatch(
    /^Reproduced in this browser predicted \d · 7\d\d of 784 signs agree · max \|Δp\| \S+ · webgl float32/,
  );
  await expect.poll(() => status.textContent(), { timeout: 60_000 }).toContain('20 of 20 more');
  expect(await status.getAttribute('data-state')).toBe('reproduced');
  const ready = (await replies(page)).find(({ type }) => type === 'ready');
  expect(ready?.device).toMatchObject({ backend: 'webgl', precision: 'float32' });
  expect(errors).toEqual([]);
  expect(foreign).toEqual([]);
});

test('the widget of question 3 reproduces five steps', async ({ visit }) => {
  const { page } = await watched(visit, '#figure-3');
  const { reaches } = await openWidget(page, 'q3');
  expect(await reaches('reproduced')).toMatch(/3,9\d\d of 3,920 signs agree/);
});

test('nothing of tfjs is loaded before a widget is near, and nothing moves when it takes over', async ({
  visit,
}) => {
  const { page } = await visit('404.html');
  const scripts: string[] = [];
  page.on('request', (request) => scripts.push(request.url()));
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto('', { waitUntil: 'networkidle' });
  expect(scripts.filter((url) => /worker|weights/.test(url))).toEqual([]);
  const before = await page
    .locator('[data-widget="q1"]')
    .evaluate((element) => element.getBoundingClientRect().height);
  const { reaches, widget } = await openWidget(page, 'q1');
  await reaches('reproduced');
  expect(await widget.evaluate((element) => element.getBoundingClientRect().height)).toBe(before);
  const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts);
  expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.01);
  expect(new Set(scripts.filter((url) => url.includes('attack.worker'))).size).toBe(1);
});

test('ε by slider, keyboard and number field', async ({ visit }) => {
  const { page } = await watched(visit, '#figure-1');
  const { reaches, slider, number, widget } = await openWidget(page, 'q1');
  await reaches('reproduced');
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await reaches('computed');
  expect(await slider.getAttribute('aria-valuetext')).toBe('epsilon 0.295, 75.2 of 255');
  await number.fill('0.05');
  await page.keyboard.press('Enter');
  await expect.poll(() => widget.locator('.third .digit').textContent()).toBe('7');
  expect(await slider.inputValue()).toBe('0.05');
  const box = (await slider.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.1, box.y + box.height / 2);
  await page.mouse.down();
  for (let i = 1; i <= 10; i++)
    await page.mouse.move(box.x + box.width * (0.1 + 0.08 * i), box.y + box.height / 2);
  await page.mouse.up();
  expect(Number(await slider.inputValue())).toBeGreaterThan(0.4);
  await expect
    .poll(() => widget.locator('.scale-key span').last().textContent())
    .toBe(`+${await slider.inputValue()}`);
  await page.getByRole('button', { name: 'Back to the build’s settings' }).first().click();
  await reaches('reproduced');
  expect(await slider.inputValue()).toBe('0.3');
});

test('a move of the slider draws x* once it is computed, and no picture that stays as it is', async ({
  visit,
}) => {
  const { page } = await watched(visit, '#figure-1');
  const { reaches, slider, widget } = await openWidget(page, 'q1');
  await reaches('reproduced');
  await slider.press('ArrowLeft');
  await reaches('computed');
  await page.evaluate(() => {
    const drawn: (string | null)[] = [];
    Object.assign(globalThis, { drawn });
    const original = Reflect.get(CanvasRenderingContext2D.prototype, 'putImageData') as () => void;
    CanvasRenderingContext2D.prototype.putImageData = function (...rest: unknown[]) {
      drawn.push(this.canvas.ariaLabel);
      Reflect.apply(original, this, rest);
    };
  });
  await slider.press('ArrowLeft');
  await expect.poll(() => widget.locator('.scale-key span').last().textContent()).toBe('+0.29');
  expect(await page.evaluate(() => (globalThis as unknown as { drawn: string[] }).drawn)).toEqual([
    expect.stringContaining('Perturbed image'),
  ]);
});

test('k, clip, unit and scale by mouse and by keyboard', async ({ visit }) => {
  const { page } = await watched(visit, '#figure-1');
  const { reaches, widget, slider } = await openWidget(page, 'q1');
  await reaches('reproduced');
  const more = widget.getByRole('button', { name: 'One step more' });
  const fewer = widget.getByRole('button', { name: 'One step fewer' });
  expect(await fewer.isDisabled()).toBe(true);
  await more.click();
  await more.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => widget.locator('.film li').count()).toBe(4);
  // The total budget stays; in the other unit the slider shows a third of it.
  await widget.getByRole('button', { name: /per step/ }).click();
  expect(await slider.getAttribute('aria-valuetext')).toBe('alpha 0.100, 25.5 of 255');
  await fewer.click();
  await fewer.click();
  expect(await slider.getAttribute('aria-valuetext')).toBe('alpha 0.300, 76.5 of 255');
  const clip = widget.getByRole('switch');
  await clip.focus();
  await page.keyboard.press('Space');
  expect(await clip.isChecked()).toBe(false);
  await expect.poll(() => widget.locator('.facts').textContent()).toContain('no clip');
  await widget.locator('.switch').click();
  expect(await clip.isChecked()).toBe(true);
  await widget.getByRole('button', { name: 'log' }).click();
  expect(await widget.locator('.vector .axis').textContent()).toContain('1e−12');
  await widget.getByRole('button', { name: /x\* − x/ }).click();
  expect(await widget.getByRole('button', { name: /x\* − x/ }).getAttribute('aria-pressed')).toBe('true');
});

test('at least 100 test images of all classes are fetched when asked for, the misclassified ones marked', async ({
  visit,
}) => {
  const { page } = await watched(visit, '#figure-1');
  const { widget, reaches } = await openWidget(page, 'q1');
  await reaches('reproduced');
  const select = widget.getByLabel('Test image');
  const fetched = page.waitForResponse(/widget-images\.json/);
  await select.focus();
  await fetched;
  await expect.poll(() => select.locator('optgroup').count()).toBe(10);
  const options = await select.locator('optgroup option').allTextContents();
  expect(options.length).toBeGreaterThanOrEqual(100);
  expect(options.filter((text) => text.includes('misclassified as')).length).toBeGreaterThan(10);
  const misclassified = options.find((text) => text.includes('misclassified as'))!;
  await select.selectOption({ label: misclassified });
  await reaches('computed');
  const [, predicted] = /misclassified as an? (\w+)/.exec(misclassified)!;
  expect(
    await widget.locator('.three-pictures [aria-label^="Original"]').getAttribute('aria-label'),
  ).toContain(`predicted as ${predicted === 'eight' ? 'an' : 'a'} ${predicted}`);
});

test('a link reopens exactly its state, and says what it had to correct', async ({ visit }) => {
  const { page } = await watched(
    visit,
    '?widget=q1&image=5&epsilon=0.12&steps=3&clip=off&unit=step#figure-1',
  );
  const { widget, reaches, slider } = await openWidget(page, 'q1');
  await reaches('computed');
  expect(await widget.locator('.stepper output').textContent()).toBe('3');
  expect(await widget.getByRole('switch').isChecked()).toBe(false);
  expect(await slider.getAttribute('aria-valuetext')).toBe('alpha 0.040, 10.2 of 255');
  expect(await widget.getByLabel('Test image').inputValue()).toBe('5');
  expect(new URL(page.url()).search).toBe('?widget=q1&image=5&epsilon=0.12&steps=3&clip=off&unit=step');

  await page.goto('?widget=q1&epsilon=9&steps=nine#figure-1');
  const second = await openWidget(page, 'q1');
  expect(await second.reaches('computed')).toContain(
    'Corrected in the link: epsilon 9 → 0.5, steps nine → 1.',
  );
  await expect.poll(() => new URL(page.url()).searchParams.get('epsilon')).toBe('0.5');
});

test('copy link, x* as PNG and the vectors as JSON', async ({ visit }) => {
  const { page } = await watched(visit, '?widget=q1&epsilon=0.2#figure-1');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const { widget, reaches } = await openWidget(page, 'q1');
  await reaches('computed');
  await widget.getByRole('button', { name: 'Copy link' }).click();
  await widget.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
    '?widget=q1&image=0&epsilon=0.2&steps=1&clip=on&unit=total#figure-1',
  );
  const file = async (name: RegExp) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      widget.getByRole('button', { name }).click(),
    ]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  const picture = await file(/PNG/);
  expect(picture.name).toBe('q1-perturbed.png');
  expect(picture.bytes.subarray(1, 4).toString()).toBe('PNG');
  const vectors = JSON.parse((await file(/vectors/)).bytes.toString()) as {
    epsilon: number;
    path: { perturbed: number[]; signs: string; probabilities: number[] }[];
  };
  expect(vectors.epsilon).toBe(0.2);
  expect(vectors.path[0]!.perturbed).toHaveLength(784);
  expect(vectors.path[0]!.signs).toMatch(/^[-+0]{784}$/);
});

test('60 interactions leave as many tensors as one', { timeout: 120_000 }, async ({ visit }) => {
  const { page } = await watched(visit, '#figure-1');
  const { reaches, slider, widget } = await openWidget(page, 'q1');
  await reaches('reproduced');
  // Two steps: away from the build's settings, for which nothing would be computed.
  await widget.getByRole('button', { name: 'One step more' }).click();
  for (let i = 0; i < 60; i++) {
    const before = await jobsDone(page);
    if (i % 20 === 19) await widget.getByRole('switch').press('Space');
    else await slider.press(i % 40 < 20 ? 'ArrowLeft' : 'ArrowRight');
    await waitForJobs(page, before + 1);
  }
  const counts = (await replies(page)).filter(({ type }) => type === 'done').map(({ tensors }) => tensors);
  expect(counts.length).toBeGreaterThan(60);
  expect(new Set(counts)).toEqual(new Set([8]));
});

test('a page with live widgets has no violations that axe finds', async ({ visit }) => {
  for (const path of ['?widget=q1&epsilon=0.2&steps=2#figure-1', 'lab/']) {
    const { page } = await watched(visit, path);
    const { reaches } = await openWidget(page, path === 'lab/' ? 'lab' : 'q1');
    await reaches(path === 'lab/' ? 'reproduced' : 'computed');
    const { violations } = await new AxeBuilder({ page }).include('.attack-widget').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
  }
});

test('without JavaScript the figures are whole and no control is there', async ({ visit }) => {
  const { page } = await visit('', { javaScriptEnabled: false });
  for (const name of ['q1', 'q3']) {
    const widget = page.locator(`[data-widget="${name}"]`);
    expect(await widget.locator('.vector tbody tr').count()).toBe(10);
    expect(await widget.locator('.pixel-picture img').count()).toBeGreaterThan(2);
    expect(await widget.locator('.status-line').textContent()).toContain('As built.');
    expect(await widget.locator('button:visible, input:visible, select:visible').count()).toBe(0);
  }
});
