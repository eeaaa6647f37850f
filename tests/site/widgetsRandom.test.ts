// Random sequences of what a reader, the network and a worker may do, from a seed: they end with the numbers of the
// state shown, as a page computes them that is opened in that state, or an error is said and the build's result stands.
// SEQUENCES=1000 runs as many, SEED=7 others. Without WebGL, which is a matter of the conformance tests: it is faster.
import type { Page } from 'playwright-core';
import fc from 'fast-check';
import { expect } from 'vitest';
import { openWidget, runInWorkers } from '../../tools/browser/openWidget.ts';
import { test } from './test.ts';

const sequences = Number(process.env.SEQUENCES ?? 4);
const seed = Number(process.env.SEED ?? 1);

const files = ['weights.bin', 'widget-check', 'widget-images', 'attack.worker'];
const failures = [{ status: 404, body: '' }, { body: 'another file' }, 'internetdisconnected'] as const;

const noWebgl = 'OffscreenCanvas.prototype.getContext = () => null;\n';

type Action = (page: Page, n: number) => Promise<unknown>;

const part = (page: Page) => page.locator('[data-widget="q1"]');

const press =
  (name: RegExp): Action =>
  async (page) => {
    const button = part(page).getByRole('button', { name }).first();
    // It may go while it is reached for, as for a reader.
    if (await button.isVisible()) await button.click({ timeout: 500 }).catch(() => undefined);
  };

/** A step in the history, if there is one. Playwright’s own ends as soon as a page rewrites its address. */
async function travel(page: Page, by: 1 | -1): Promise<void> {
  const leads = await page.evaluate((delta) => navigation[delta < 0 ? 'canGoBack' : 'canGoForward'], by);
  if (!leads) return;
  await Promise.all([
    page.waitForEvent('framenavigated'),
    page.evaluate((delta) => history.go(delta), by).catch(() => undefined),
  ]);
  await page.waitForTimeout(200);
  await page.waitForLoadState();
}

const actions: Record<string, Action> = {
  slide: (page, n) =>
    part(page)
      .locator('input[type="range"]')
      .fill(String((n % 101) / 200)),
  'type ε': async (page, n) => {
    await part(page)
      .locator('input[type="number"]')
      .fill(['', '0.07', '9', '-1'][n % 4]!);
    await page.keyboard.press('Tab');
  },
  more: press(/One step more/),
  fewer: press(/One step fewer/),
  clip: (page) => part(page).locator('.switch').click(),
  unit: press(/^(total|per step)/),
  'run again': press(/^(Run again|Try again|Back to)/),
  choose: async (page, n) => {
    const select = part(page).getByLabel('Test image');
    await select.focus();
    const offered = await select.locator('optgroup option').count();
    if (offered > 0) await select.selectOption({ index: n % offered });
  },
  follow: (page, n) => {
    const [image, epsilon, steps] = [n % 7 === 0 ? n : [0, 5, 8][n % 3], (n % 101) / 200, 1 + (n % 4)];
    return page.goto(
      `?widget=q1&image=${image}&epsilon=${epsilon}&steps=${steps}&clip=${n % 2 ? 'on' : 'off'}`,
    );
  },
  reload: (page) => page.reload(),
  back: (page) => travel(page, -1),
  forward: (page) => travel(page, 1),
  'end the worker': async (page) => {
    const ended = page
      .workers()
      .at(-1)
      ?.evaluate(() =>
        setTimeout(() => {
          throw new Error('ended');
        }),
      );
    await ended?.catch(() => undefined);
  },
  'break a file': (page, n) =>
    page.route(new RegExp(files[n % files.length]!), (route) => {
      const failure = failures[n % failures.length]!;
      return typeof failure === 'string' ? route.abort(failure) : route.fulfill(failure);
    }),
  mend: (page) => page.unrouteAll({ behavior: 'ignoreErrors' }),
  wait: (page, n) => page.waitForTimeout(n / 2),
};

/** What the widget shows once it has come to rest: what is slow is said to run after 0.3 s. */
async function settled(page: Page) {
  const { widget, slider, status } = await openWidget(page, 'q1');
  let words = '';
  await expect
    .poll(
      async () => {
        const before = words;
        words = `${(await status.getAttribute('data-state'))!}: ${(await status.textContent())!}`;
        return words === before && /^(reproduced|differs|computed|unavailable)/.test(words);
      },
      { timeout: 40_000, interval: 350 },
    )
    .toBe(true);
  const texts = (selector: string) => widget.locator(selector).allTextContents();
  return {
    words,
    state: {
      widget: 'q1',
      image: await widget.getByLabel('Test image').inputValue(),
      epsilon: await slider.inputValue(),
      steps: (await widget.locator('.stepper output').textContent())!,
      clip: (await widget.getByRole('switch').isChecked()) ? 'on' : 'off',
      unit: 'total',
    },
    numbers: await texts('.vector .float, .three-pictures .digit, .scale-key span'),
  };
}

test(
  `${sequences} random sequences from seed ${seed} end with the numbers of the state shown, or an error is said`,
  { timeout: 60_000 + sequences * 30_000 },
  async ({ visit }) => {
    const viewport = { width: 700, height: 500 };
    const { page: fresh } = await visit('404.html', { viewport });
    await runInWorkers(fresh.context(), noWebgl);
    const action = fc.tuple(
      fc.constantFrom(...Object.keys(actions), 'slide', 'slide', 'more', 'choose'),
      fc.nat(999),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 3, maxLength: 12 }), async (sequence) => {
        const { page, errors } = await visit('404.html', { viewport });
        for (const each of [page, fresh]) each.setDefaultTimeout(120_000);
        try {
          await runInWorkers(page.context(), noWebgl);
          // Nothing lies before it in the history.
          await page.evaluate(() => location.replace('./#figure-1'));
          await page.waitForURL(/figure-1/);
          for (const [name, n] of sequence) {
            await actions[name]!(page, n);
            if (/follow|reload|back|forward/.test(name)) await openWidget(page, 'q1');
          }
          const { words, state, numbers } = await settled(page);
          expect(errors.filter((error) => /^uncaught(?!.*ended)/.test(error))).toEqual([]);
          await fresh.goto(`?${new URLSearchParams(state).toString()}#figure-1`);
          const expected = await settled(fresh);
          expect({ state, numbers }).toEqual({ state: expected.state, numbers: expected.numbers });
          if (words.startsWith('unavailable'))
            expect(state).toMatchObject({ image: '0', epsilon: '0.3', steps: '1', clip: 'on' });
          else expect(words.split(':')[0]).toBe(expected.words.split(':')[0]);
        } finally {
          await page.context().close();
        }
      }),
      { numRuns: sequences, seed, endOnFailure: true },
    );
  },
);
