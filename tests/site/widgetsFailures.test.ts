// What goes wrong in a reader's browser, provoked, and what the widget then says.
import { expect } from 'vitest';
import { openWidget, runInWorkers } from '../../tools/browser/openWidget.ts';
import { test } from './test.ts';
import { openWatched, replies, setInWorker, tamperWithWebgl, workersStarted } from './widgetPage.ts';

const weights = /models\/mnist-cnn\/weights\.bin/;

test('a context lost in the middle of a run: a new worker does it again, as often as good work comes between', async ({
  visit,
}) => {
  const { page } = await visit('404.html');
  await tamperWithWebgl(page);
  await openWatched(page, '#figure-1');
  const { reaches, widget } = await openWidget(page, 'q1');
  await reaches('reproduced');
  for (const steps of [2, 3]) {
    await setInWorker(page, 'loseAfter', 20);
    await widget.getByRole('button', { name: 'One step more' }).click();
    await expect.poll(() => widget.locator('.film li').count(), { timeout: 30_000 }).toBe(steps + 1);
    expect(await reaches('computed')).toContain('webgl float32');
    expect(await workersStarted(page)).toBe(steps);
  }
});

const untrusted = {
  'whose context is soon lost': [
    `const draw = gl.drawElements;
    let draws = 0;
    gl.drawElements = function (...rest) {
      if (++draws === 20) gl.getExtension('WEBGL_lose_context').loseContext();
      return draw.apply(this, rest);
    };`,
    'cpu float32, since WebGL failed',
  ],
  'that is read back with noise': [
    `for (const name of ['readPixels', 'getBufferSubData']) {
      const read = gl[name];
      gl[name] = function (...rest) {
        read.apply(this, rest);
        const values = rest.find((value) => value instanceof Float32Array);
        if (values) values[Math.floor(Math.random() * values.length)] += 0.001;
      };
    }`,
    'cpu float32, since WebGL gives back other numbers than it is given',
  ],
} as const;

for (const [name, [break_, says]] of Object.entries(untrusted)) {
  test(`WebGL ${name}: the CPU computes, and it is said`, async ({ visit }) => {
    const { page } = await visit('404.html');
    await runInWorkers(
      page,
      `{ const { getContext } = OffscreenCanvas.prototype;
        OffscreenCanvas.prototype.getContext = function (...args) {
          const gl = getContext.apply(this, args);
          ${break_}
          return gl;
        }; }\n`,
    );
    await openWatched(page, '#figure-1');
    const { reaches } = await openWidget(page, 'q1');
    expect(await reaches('reproduced')).toContain(says);
  });
}

test('a worker that falls silent: the line says that the reader’s settings run, not that they are reproduced', async ({
  visit,
}) => {
  const { page } = await visit('404.html');
  await openWatched(page, '#figure-1');
  const { reaches, slider } = await openWidget(page, 'q1');
  await reaches('reproduced');
  const hang = page.workers()[0]!.evaluate(() => {
    for (;;);
  });
  hang.catch(() => undefined);
  await slider.press('ArrowLeft');
  expect(await reaches('running')).toContain('your settings');
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
    const differences = widget.getByRole('region', { name: 'Differences' });
    expect(await differences.locator('tbody tr').count()).toBe(10);
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

test('old weights in a cache: they are asked for again past it', async ({ visit }) => {
  const { page } = await visit('404.html');
  await page.route(weights, (route) => route.fulfill({ body: Buffer.alloc(104_040) }), { times: 1 });
  await openWatched(page, '#figure-1');
  const { reaches } = await openWidget(page, 'q1');
  await reaches('reproduced');
});

test('a script of the network that does not come: what is fetched is said, then the reason, and a retry helps', async ({
  visit,
}) => {
  const { page } = await visit('404.html');
  await page.route(/attack\.worker/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await route.abort('internetdisconnected');
  });
  await openWatched(page, '#figure-1');
  const { reaches, widget } = await openWidget(page, 'q1');
  expect(await reaches('running')).toContain('fetching the network’s scripts');
  expect(await reaches('unavailable')).toContain('The network’s scripts could not be fetched');
  await page.unroute(/attack\.worker/);
  await widget.getByRole('button', { name: 'Try again' }).click();
  await reaches('reproduced');
});

test('images that cannot be fetched: the build’s settings stand again, with the reason, until the reader acts', async ({
  visit,
}) => {
  const { page } = await visit('404.html');
  const images = /widget-images\.json/;
  await page.route(images, (route) => route.fulfill({ status: 503, body: '' }));
  await openWatched(page, '?widget=q1&image=77#figure-1', { moreImages: true });
  const { reaches, widget, status } = await openWidget(page, 'q1');
  expect(await reaches('unavailable')).toContain('The images are not where they should be (status 503).');
  expect(await widget.getByLabel('Test image').inputValue()).toBe('0');
  // The example and the 20 further images are checked meanwhile.
  await expect
    .poll(async () => (await replies(page)).filter(({ type }) => type === 'done').length, { timeout: 60_000 })
    .toBe(42);
  expect(await status.getAttribute('data-state')).toBe('unavailable');
  await page.unroute(images);
  await widget.getByRole('button', { name: 'Try again' }).click();
  await reaches('computed');
  expect(await widget.getByLabel('Test image').inputValue()).toBe('77');
});

const scripts = /_astro\/.*\.js/;

for (const [name, response] of Object.entries({
  missing: { status: 404, body: '' },
  'of a wrong type': { contentType: 'text/plain', body: 'export {}' },
})) {
  test(`scripts ${name}: the figure is whole and shows no control that is dead`, async ({ visit }) => {
    const { page } = await visit('404.html');
    await page.route(scripts, (route) => route.fulfill(response));
    await page.goto('#figure-1');
    await page.waitForTimeout(1500);
    // The languages of a listing are chosen without a script.
    const controls = page.locator(':is(button, input, select):visible:not([type="radio"])');
    expect(await controls.allTextContents()).toEqual([]);
    expect(await page.locator('[data-widget="q1"] .three-pictures img').count()).toBe(3);
  });
}

test('a script of one widget that does not come: it says so, and what to do', async ({ visit }) => {
  const { page } = await visit('404.html');
  await page.route(/_astro\/AttackWidget/, (route) => route.abort('internetdisconnected'));
  await page.goto('#figure-1');
  const widget = page.locator('[data-widget="q1"]');
  await expect
    .poll(() => widget.locator('.status-line').textContent())
    .toContain('could not be loaded: reload the page');
  expect(await widget.locator('button:visible, input:visible, select:visible').count()).toBe(0);
  expect(await page.locator('[data-theme-button]').isVisible()).toBe(true);
});

test('“Run all again” wakes the widgets that it runs', async ({ visit }) => {
  const { page } = await visit('', { viewport: { width: 1440, height: 900 } });
  await page.getByRole('button', { name: 'Run all again' }).click();
  for (const name of ['q2', 'q4']) {
    const cancel = page.locator(`[data-widget="${name}"]`).getByRole('button', { name: 'Cancel' });
    await cancel.waitFor({ timeout: 30_000 });
    await cancel.click();
  }
  for (const name of ['q1', 'q3']) {
    await page
      .locator(`[data-widget="${name}"] .status-line[data-state="reproduced"]`)
      .waitFor({ timeout: 45_000 });
  }
});
