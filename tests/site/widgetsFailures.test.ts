// What goes wrong in a reader's browser, provoked, and what the widget then says.
import { expect } from 'vitest';
import { openWidget, runInWorkers } from '../../tools/browser/openWidget.ts';
import { test } from './test.ts';
import { openWatched, replies, setInWorker, tamperWithWebgl, workersStarted } from './widgetPage.ts';

const weights = /models\/mnist-cnn\/weights\.bin/;

test('a context lost in the middle of a run: a new worker does it again, and after a second loss the CPU', async ({
  visit,
}) => {
  const { page } = await visit('404.html');
  await tamperWithWebgl(page);
  await openWatched(page, '#figure-1');
  const { reaches, widget } = await openWidget(page, 'q1');
  await reaches('reproduced');
  const more = widget.getByRole('button', { name: 'One step more' });
  await setInWorker(page, 'loseAfter', 20);
  await more.click();
  expect(await reaches('computed')).toContain('webgl float32');
  expect(await workersStarted(page)).toBe(2);
  await setInWorker(page, 'loseAfter', 20);
  await more.click();
  await expect
    .poll(() => widget.locator('.status-line').textContent(), { timeout: 30_000 })
    .toContain('cpu float32, without WebGL');
  expect(await widget.locator('.film li').count()).toBe(4);
  expect(await workersStarted(page)).toBe(3);
});

test('a NaN is an error, never a picture', async ({ visit }) => {
  const { page } = await visit('404.html');
  await tamperWithWebgl(page);
  await openWatched(page, '#figure-1');
  const { reaches, slider, widget } = await openWidget(page, 'q1');
  await reaches('reproduced');
  await setInWorker(page, 'poison', true);
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  expect(await reaches('unavailable')).toMatch(/could not be computed: .*not finite/);
  expect(await slider.inputValue()).toBe('0.3');
  expect(await widget.locator('canvas').count()).toBe(0);
});

test('16-bit textures only: the widget says so and compares all the same', async ({ visit }) => {
  const { page } = await visit('404.html');
  await openWatched(page, '#figure-1', { query: 'tfjsflags=WEBGL_FORCE_F16_TEXTURES:true' });
  const { status, widget } = await openWidget(page, 'q1');
  await expect
    .poll(() => status.getAttribute('data-state'), { timeout: 45_000 })
    .toMatch(/reproduced|differs/);
  expect(await status.textContent()).toContain('webgl float16, a 16-bit device');
  if ((await status.getAttribute('data-state')) === 'differs') {
    expect(await status.textContent()).toContain('computes with 16 bits');
    await widget.getByRole('button', { name: 'Show the differences' }).click();
    expect(await widget.locator('.differences tbody tr').count()).toBe(10);
  }
});

const without = {
  WebGL: 'OffscreenCanvas.prototype.getContext = () => null;',
  OffscreenCanvas: 'delete self.OffscreenCanvas;',
};

for (const [name, prelude] of Object.entries(without)) {
  test(`no ${name} in a worker: the CPU does it, and the widget says so`, async ({ visit }) => {
    const { page } = await visit('404.html');
    await runInWorkers(page, prelude);
    await openWatched(page, '#figure-1');
    const { reaches } = await openWidget(page, 'q1');
    expect(await reaches('reproduced')).toContain('cpu float32, without WebGL');
    expect((await replies(page)).find(({ type }) => type === 'ready')?.device?.backend).toBe('cpu');
    expect(await workersStarted(page)).toBe(1);
  });
}

const broken = {
  missing: { body: { status: 404, body: '' }, says: 'not where they should be (status 404)' },
  'of another hash': {
    body: { status: 200, body: Buffer.alloc(104_040) },
    says: 'not those of this build (SHA-256',
  },
  truncated: { body: { status: 200, body: Buffer.alloc(1000) }, says: 'not those of this build (SHA-256' },
};

for (const [name, { body, says }] of Object.entries(broken)) {
  test(`weights ${name}: the static result stays, with the reason and a retry`, async ({ visit }) => {
    const { page } = await visit('404.html');
    await page.route(weights, (route) => route.fulfill(body));
    await openWatched(page, '#figure-1');
    const { reaches, widget } = await openWidget(page, 'q1');
    const words = await reaches('unavailable');
    expect(words).toContain(says);
    expect(words).toContain('The figure shows the stored result.');
    expect(await widget.locator('.three-pictures img').count()).toBe(3);
    await page.unroute(weights);
    await widget.getByRole('button', { name: 'Try again' }).click();
    await reaches('reproduced');
  });
}

test('offline: the static result stays until the connection is back', async ({ visit }) => {
  const { page } = await visit('404.html');
  await page.route(weights, (route) => route.abort('internetdisconnected'));
  await openWatched(page, '#figure-1');
  const { reaches, widget } = await openWidget(page, 'q1');
  expect(await reaches('unavailable')).toContain('the connection may be down');
  await page.unroute(weights);
  await widget.getByRole('button', { name: 'Try again' }).click();
  await reaches('reproduced');
});

test('images that cannot be fetched: the build’s settings stand again, with the reason', async ({
  visit,
}) => {
  const { page } = await visit('404.html');
  await page.route(/widget-images\.json/, (route) => route.fulfill({ status: 404, body: '' }));
  await openWatched(page, '?widget=q1&image=77#figure-1');
  const { reaches, widget } = await openWidget(page, 'q1');
  expect(await reaches('unavailable')).toContain('The images are not where they should be (status 404).');
  expect(await widget.getByLabel('Test image').inputValue()).toBe('0');
});
