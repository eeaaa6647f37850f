// The report for everyone: by keyboard alone, checked by axe, and under the settings that readers' systems have.
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator } from 'playwright-core';
import { describe, expect } from 'vitest';
import { openWidget } from '../../tools/browser/openWidget.ts';
import { everyControl } from './everyControl.ts';
import { test } from './test.ts';
import { wakeWidgets } from './wakeWidgets.ts';

const pages = ['', 'model/', 'methods/', 'networks/', 'lab/', '404.html'];
const criteria = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Those that a dark page may break where a light one does not. */
const rulesOnColour = ['color-contrast', 'link-in-text-block'];

describe('the keyboard reaches every control, with a focus that is seen, and axe finds no violation of WCAG 2.2 AA', () => {
  for (const path of pages) {
    test(`on /${path}, wide and narrow, in light and dark`, { timeout: 180_000 }, async ({ visit }) => {
      const { page } = await visit(path, {
        viewport: { width: 1440, height: 900 },
        colorScheme: 'light',
        reducedMotion: 'reduce',
      });
      await wakeWidgets(page);
      expect(await everyControl(page)).toEqual({ missed: [], faults: [] });

      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const [width, tab] of [
          [1440, 'python'],
          [390, 'typescript'],
        ] as const) {
          await page.setViewportSize({ width, height: 900 });
          await page.evaluate((chosen) => {
            for (const radio of document.querySelectorAll<HTMLInputElement>(`[value="${chosen}"]`))
              radio.checked = true;
          }, tab);
          const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
          const { violations } = await (
            colorScheme === 'light' ? axe.withTags(criteria) : axe.withRules(rulesOnColour)
          ).analyze();
          const found = violations.map(({ id, nodes }) => ({
            id,
            nodes: nodes
              .slice(0, 4)
              .map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary ?? ''}`),
          }));
          expect(found, `${width}, ${colorScheme}`).toEqual([]);
        }
      }
    });
  }
});

describe('the keyboard', () => {
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
    const { slider } = await openWidget(page, 'q1');
    // From a key, so that the browser shows where the focus goes.
    await page.keyboard.press('Tab');
    const before = await slider.screenshot();
    await slider.focus();
    expect((await slider.screenshot()).equals(before)).toBe(false);
  });
});

describe('figures', () => {
  for (const path of ['', 'model/', 'methods/', 'networks/', 'lab/']) {
    test(`of /${path}: drawings have a name and a description, sliders words for their value, figures with values a table`, async ({
      visit,
    }) => {
      const { page } = await visit(path);
      const drawings = await page
        .locator('svg:not([aria-hidden="true"] svg, [aria-hidden="true"])')
        .evaluateAll((all) =>
          all.map((svg) => {
            const named = (attribute: string) =>
              (svg.getAttribute(attribute) ?? '')
                .split(' ')
                .map((id) => (id === '' ? '' : (document.getElementById(id)?.textContent ?? '')))
                .join('');
            return {
              html: svg.outerHTML.slice(0, 140),
              role: svg.getAttribute('role'),
              name:
                svg.getAttribute('aria-label') ??
                (named('aria-labelledby') || svg.querySelector('title')?.textContent) ??
                '',
              description:
                svg.getAttribute('aria-description') ??
                (named('aria-describedby') || svg.querySelector('desc')?.textContent) ??
                '',
              chart: svg.matches('.figure[id^="figure-"] .chart:not(astro-island *)'),
            };
          }),
        );
      for (const { html, role, name, description, chart } of drawings) {
        expect(role, html).toBe('img');
        expect(name.length, html).toBeGreaterThan(10);
        if (chart) expect(description.length, html).toBeGreaterThan(20);
      }
      for (const slider of await page.locator('input[type="range"]').all())
        expect(await slider.getAttribute('aria-valuetext')).toMatch(/^epsilon 0\.\d{3}, [\d.]+ of 255$/);
      const without = await page
        .locator('.figure[id^="figure-"]')
        .evaluateAll((all) => all.filter((figure) => !figure.querySelector('table')).map(({ id }) => id));
      // Figure 14 is a picture of signs: its values are 784 pixels five times over, in the result's file.
      expect(without.filter((id) => id !== 'figure-14')).toEqual([]);
    });
  }

  test('say in their pictures what a person sees', async ({ visit }) => {
    const { page } = await visit('');
    for (const image of await page.locator('img').all())
      expect((await image.getAttribute('alt'))?.length).toBeGreaterThan(5);
  });
});

describe('the settings of a reader', () => {
  test('less motion: nothing moves', async ({ visit }) => {
    for (const path of ['', 'lab/']) {
      const { page } = await visit(path, { reducedMotion: 'reduce' });
      const moving = await page.evaluate(() =>
        [...document.querySelectorAll('*')].flatMap((element) =>
          [undefined, '::before', '::after'].flatMap((part) => {
            const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element, part);
            const still =
              animationName === 'none' && /^[0s, ]*$/.test(transitionDuration) && scrollBehavior === 'auto';
            return still ? [] : [element.outerHTML.slice(0, 80)];
          }),
        ),
      );
      expect(moving).toEqual([]);
    }
  });

  test('otherwise no transition is longer than 0.2 s', async ({ visit }) => {
    const { page } = await visit('');
    const long = await page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter((element) =>
          getComputedStyle(element)
            .transitionDuration.split(',')
            .some((time) => parseFloat(time) > 0.2),
        )
        .map((element) => element.outerHTML.slice(0, 80)),
    );
    expect(long).toEqual([]);
  });

  test('colours of their own: lines, text and focus of the charts stand out from the canvas', async ({
    visit,
  }) => {
    const { page } = await visit('', { forcedColors: 'active', viewport: { width: 1440, height: 900 } });
    const { canvas, lines, texts } = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.color = 'Canvas';
      const canvas = getComputedStyle(probe).color;
      probe.remove();
      return {
        canvas,
        lines: [...document.querySelectorAll('#figure-4 .c-wide .ln')].map(
          (line) => getComputedStyle(line).stroke,
        ),
        texts: [...document.querySelectorAll('#figure-4 .c-wide text')].map(
          (text) => getComputedStyle(text).fill,
        ),
      };
    });
    expect(lines.length).toBeGreaterThanOrEqual(2);
    expect(texts.length).toBeGreaterThan(5);
    for (const colour of [...lines, ...texts]) expect(colour).not.toBe(canvas);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => {
      const { outlineStyle, outlineColor } = getComputedStyle(document.activeElement!);
      return { outlineStyle, outlineColor };
    });
    expect(outline.outlineStyle).toBe('solid');
    expect(outline.outlineColor).not.toBe(canvas);
  });

  test('the theme is the system’s until the button chooses, and then stays chosen on every page', async ({
    visit,
  }) => {
    const { page } = await visit('', { colorScheme: 'dark' });
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const button = page.locator('[data-theme-button]');
    expect(await theme()).toBe('dark');
    const dark = await paper();
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(theme).toBe('light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(theme).toBe('dark');

    expect(await button.innerText()).toMatch(/Light/);
    await button.click();
    expect(await theme()).toBe('light');
    expect(await button.innerText()).toMatch(/Dark/);
    expect(await paper()).not.toBe(dark);
    await page.reload();
    expect(await theme()).toBe('light');
    await page.goto('model/');
    expect(await theme()).toBe('light');
  });

  test('without scripts the theme is the system’s, and controls that need them are absent', async ({
    visit,
  }) => {
    const { page } = await visit('', { javaScriptEnabled: false, colorScheme: 'dark' });
    const paper = await page.locator('html').evaluate((root) => getComputedStyle(root).backgroundColor);
    expect(paper).toBe('rgb(20, 23, 26)');
    expect(await page.locator('[data-theme-button]').isVisible()).toBe(false);
    expect(await page.locator('[data-copy]').first().isVisible()).toBe(false);
  });
});

for (const javaScriptEnabled of [true, false])
  test(`a listing shows its Python, and its TypeScript to the arrow key, ${javaScriptEnabled ? 'with' : 'without'} scripts`, async ({
    visit,
  }) => {
    const { page } = await visit('', { javaScriptEnabled });
    const [python, typescript] = ['def fgsm(', 'export function fgsm('].map((text) =>
      page.locator('#listing-1 pre', { hasText: text }),
    ) as [Locator, Locator];
    await expect.poll(() => python.isVisible()).toBe(true);
    expect(await typescript.isVisible()).toBe(false);
    await page.locator('#listing-1').getByRole('radio', { name: 'Python' }).press('ArrowRight');
    await expect.poll(() => typescript.isVisible()).toBe(true);
    expect(await python.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect([await python.isVisible(), await typescript.isVisible()]).toEqual([true, false]);
  });

test('a copy button copies the listing as it is in the file, says so, and returns to its word', async ({
  visit,
}) => {
  const { page } = await visit('', { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.locator('#listing-1').getByRole('radio', { name: 'TypeScript' }).check({ force: true });
  const button = page.locator('#listing-1 .typescript [data-copy]');
  await button.click();
  await expect.poll(() => button.innerText()).toMatch(/^Copied/);
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('export function fgsm(');
  expect(copied).not.toMatch(/^\s*\d+ import/);
  await expect.poll(() => button.innerText(), { timeout: 4_000 }).toMatch(/^Copy\b/);
});

test('where there is no clipboard, as on plain http, both copies say so', async ({ visit }) => {
  const { page, errors } = await visit('404.html');
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await page.goto('./');
  const button = page.locator('#listing-1 .python [data-copy]');
  await button.click();
  await expect.poll(() => button.innerText()).toMatch(/^Not allowed/);
  const { widget } = await openWidget(page, 'q1');
  await widget.getByRole('button', { name: 'Copy link' }).click();
  await widget.getByRole('button', { name: 'Copy the address above' }).waitFor();
  expect(errors.filter((error) => error.startsWith('uncaught'))).toEqual([]);
});
