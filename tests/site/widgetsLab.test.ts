// The lab and the live curves.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { openWidget } from '../../tools/browser/openWidget.ts';
import { test } from './test.ts';
import { openWatched } from './widgetPage.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('a digit drawn with the mouse is centred, attacked and listed; its class is chosen or the prediction', async ({
  visit,
}) => {
  const { page } = await visit('404.html');
  await openWatched(page, 'lab/');
  const { reaches, widget } = await openWidget(page, 'lab');
  await reaches('reproduced');
  await widget.getByRole('button', { name: 'start empty' }).click();
  const box = (await widget.locator('.drawing-pad').boundingBox())!;
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
  // A one, small and in a corner.
  await page.mouse.move(...at(0.2, 0.1));
  await page.mouse.down();
  await page.mouse.move(...at(0.19, 0.3), { steps: 5 });
  await page.mouse.move(...at(0.18, 0.45), { steps: 5 });
  await page.mouse.up();
  await reaches('computed');
  expect(await widget.locator('.facts').textContent()).toContain('taken from the prediction');
  const ink = await widget.locator('.drawing-pad canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, 28, 28);
    const rows = Array.from({ length: 784 }, (_, i) => i)
      .filter((i) => data[4 * i + 3]! > 0)
      .map((i) => Math.floor(i / 28));
    return [Math.min(...rows), Math.max(...rows)];
  });
  expect(ink[1]! - ink[0]! + 1).toBeGreaterThanOrEqual(20);
  expect(ink[1]! - ink[0]! + 1).toBeLessThanOrEqual(21);
  await widget.getByLabel('The true class of what you draw is').selectOption('4');
  await expect.poll(() => widget.locator('.vector tr.true .class').textContent()).toBe('4');
  expect(await widget.locator('.facts').textContent()).not.toContain('taken from the prediction');
  await expect.poll(() => widget.locator('.runs tbody tr').count()).toBeGreaterThanOrEqual(1);
  await expect.poll(() => widget.locator('.runs tbody').textContent()).toContain('a four as you say');
});

test('an attack moves towards a class of the reader’s choice, which its address holds', async ({ visit }) => {
  const { page } = await visit('404.html');
  await openWatched(page, 'lab/?widget=lab&image=0&epsilon=0.3&steps=5&target=2');
  const { reaches, widget } = await openWidget(page, 'lab');
  await reaches('computed');
  const facts = () => widget.locator('.facts').textContent();
  const target = widget.getByLabel('The attack moves');
  expect(await target.inputValue()).toBe('2');
  for (const choice of ['8', '3']) {
    await target.selectOption(choice);
    await expect.poll(facts).toContain(`The attack moves towards class ${choice}`);
    await page.waitForURL(new RegExp(`target=${choice}`));
  }
  await page.reload();
  const again = await openWidget(page, 'lab');
  await again.reaches('computed');
  expect(await facts()).toContain('The attack moves towards class 3');
  await target.selectOption('away from the true class');
  await expect.poll(facts).not.toContain('towards class');
  await page.waitForURL((url) => !url.search.includes('target'));
});

test('a sample is the keyboard’s way into the lab', async ({ visit }) => {
  const { page } = await visit('404.html');
  await openWatched(page, 'lab/');
  const { reaches, widget } = await openWidget(page, 'lab');
  await reaches('reproduced');
  const select = widget.getByLabel('Test image', { exact: true });
  await select.focus();
  await expect.poll(() => select.locator('optgroup').count()).toBe(10);
  await page.keyboard.press('ArrowDown');
  await reaches('computed');
  expect(Number(await select.inputValue())).toBeGreaterThan(0);
});

test('a curve is recomputed in slices with progress, and compared', async ({ visit }) => {
  const { page } = await visit('404.html');
  // The first 25 of the images are enough to see it work.
  const file = await readFile('dist/results/fgsm-curve.json', 'utf8');
  const { clipped } = JSON.parse(file) as {
    clipped: { indices: number[]; labels: string; predicted: string[] };
  };
  const shortened = JSON.stringify({
    clipped: {
      indices: clipped.indices.slice(0, 25),
      labels: clipped.labels.slice(0, 25),
      predicted: clipped.predicted.map((row) => row.slice(0, 25)),
    },
  });
  await page.route(/results\/fgsm-curve\.json/, (route) => route.fulfill({ body: shortened }));
  await page.route(/\/$/, async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    await route.fulfill({ response, body: html.replaceAll(sha256(file), sha256(shortened)) });
  });
  await openWatched(page, '#figure-2');
  const { reaches, widget } = await openWidget(page, 'q2');
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await widget.getByRole('button', { name: 'Recompute this curve here' }).click();
  const words = await reaches('reproduced');
  expect(words).toMatch(
    /largest difference 0\.0 points · \d+ of 525 predictions differ · (webgl|cpu) float32/,
  );
  expect(fetched.some((url) => url.includes('sweep-images.bin'))).toBe(true);
  const svg = page.locator('#figure-2 svg.c-wide');
  // As many as the drawing has points: it ends at question 1's ε.
  expect(await svg.locator('.cross').count()).toBe(await svg.locator('.pt > *').count());
});

test('a running curve can be cancelled', async ({ visit }) => {
  const { page } = await visit('404.html');
  await openWatched(page, '#figure-4');
  const { reaches, widget } = await openWidget(page, 'q4');
  await widget.getByRole('button', { name: 'Recompute this curve here' }).click();
  await expect
    .poll(() => widget.locator('.status-line').textContent(), { timeout: 50_000 })
    .toMatch(/% · about .* left/);
  await widget.getByRole('button', { name: 'Cancel' }).click();
  await reaches('static');
  expect(await page.locator('#figure-4 .cross').count()).toBe(0);
});

test('a click on the curve lists the images that flip there, and one of them opens in the widget', async ({
  visit,
}) => {
  const { page } = await visit('404.html');
  await openWatched(page, '#figure-2');
  const { widget } = await openWidget(page, 'q2');
  const point = page.locator('#figure-2 svg.c-wide .pt > *').nth(4);
  await point.click();
  expect(await widget.locator('.flips select').inputValue()).toBe('4');
  const first = widget.locator('.flips li button').first();
  await first.waitFor();
  const count = /^(\d+) of 1,000 flip between 0\.075 and 0\.1\./.exec(
    (await widget.locator('.flips p').textContent()) ?? '',
  );
  expect(Number(count?.[1])).toBeGreaterThan(10);
  const image = /image (\d+)/.exec((await first.locator('canvas').getAttribute('aria-label')) ?? '')![1]!;
  await first.click();
  const opened = await openWidget(page, 'q1');
  await opened.reaches('computed');
  expect(await opened.widget.getByLabel('Test image', { exact: true }).inputValue()).toBe(image);
  expect(await opened.slider.inputValue()).toBe('0.1');
});
