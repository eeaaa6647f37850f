// The widgets under a reader's own text and colours: larger, wider spaced, on a narrow window, in forced colours.
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { openWidget } from '../../tools/browser/openWidget.ts';
import { test } from './test.ts';

/** https://www.w3.org/TR/WCAG22/#text-spacing */
const spacing =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }';
const larger = 'html { font-size: 150% !important; }';

/** Pairs of words of the widgets that lie on each other. */
function overlappingWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const words = [...document.querySelectorAll('[data-widget] *:not(svg *, option, .visually-hidden)')]
      .filter(
        (element) =>
          element.checkVisibility({ visibilityProperty: true }) &&
          // On a narrow window the heads of the table are for screen readers alone.
          getComputedStyle(element.closest('th') ?? element).clipPath === 'none',
      )
      .flatMap((element) =>
        [...element.childNodes]
          .filter((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== '')
          .map((node) => {
            const range = document.createRange();
            range.selectNode(node);
            return { text: node.textContent!.trim(), boxes: [...range.getClientRects()] };
          }),
      );
    const overlap = (a: DOMRect, b: DOMRect) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6;
    return words.flatMap((one, i) =>
      words
        .slice(i + 1)
        .filter((other) => one.boxes.some((a) => other.boxes.some((b) => overlap(a, b))))
        .map((other) => `${one.text} × ${other.text}`),
    );
  });
}

for (const [path, name] of [
  ['#figure-1', 'q1'],
  ['lab/', 'lab'],
] as const) {
  test(`/${path}: text that is larger or wider spaced lies on no other, and nothing scrolls sideways`, async ({
    visit,
  }) => {
    const { page } = await visit(path);
    const { reaches } = await openWidget(page, name);
    await reaches('reproduced');
    for (const content of [spacing, larger]) {
      await page.evaluate((css) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        document.adoptedStyleSheets = [sheet];
      }, content);
      for (const width of [1440, 1000, 768, 390, 360]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await overlappingWords(page), `${content} at ${width}`).toEqual([]);
        const scrolled = await page.evaluate(() => document.documentElement.scrollWidth);
        if (content === spacing) expect(scrolled, `${width}`).toBeLessThanOrEqual(width);
      }
    }
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`forced colours on a ${colorScheme} system, theme ${theme}: marks, track, choice and ink are told apart`, async ({
      visit,
    }) => {
      const { page } = await visit('404.html', { forcedColors: 'active', colorScheme });
      await page.evaluate((name) => localStorage.setItem('theme', name), theme);
      await page.goto('#figure-1');
      const { widget } = await openWidget(page, 'q1');
      const colour = (selector: string, property: string, part?: string) =>
        widget
          .locator(selector)
          .first()
          .evaluate((element, [name, pseudo]) => getComputedStyle(element, pseudo).getPropertyValue(name), [
            property,
            part,
          ] as const);
      const canvas = await page.evaluate(() => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.backgroundColor = 'Canvas';
        const { backgroundColor } = getComputedStyle(probe);
        probe.remove();
        return backgroundColor;
      });
      expect(await colour('.dumbbell i.after', 'background-color')).not.toBe(canvas);
      expect(await colour('.dumbbell u', 'background-color')).not.toBe(canvas);
      expect(await colour('.dumbbell i:not(.after)', 'background-color')).toBe(canvas);
      const track = colour('input[type="range"]', 'background-color', '::-webkit-slider-runnable-track');
      expect(await track).not.toBe(canvas);
      const chosen = await colour('.choice [aria-pressed="true"]', 'border-bottom-color');
      expect(await colour('.choice [aria-pressed="false"]', 'border-bottom-color')).not.toBe(chosen);
      // Black ink on white paper, or both turned over.
      const paper = await colour('.pixel-picture.ink', 'background-color');
      expect(paper).toBe(theme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(26, 29, 33)');
      expect(await colour('.pixel-picture.ink img', 'filter')).toBe(`invert(${theme === 'light' ? 0 : 1})`);
    });
  }
}

test('counts that go on are not read aloud, and an end is', async ({ visit }) => {
  const { page } = await visit('404.html');
  await page.addInitScript(() => {
    const aloud: string[] = [];
    Object.assign(globalThis, { aloud });
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const line = (target as Element).parentElement?.closest('.status-line');
        if (line?.getAttribute('aria-live') === 'polite') aloud.push(line.textContent);
      }
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await page.goto('#figure-1');
  const { status } = await openWidget(page, 'q1');
  await expect.poll(() => status.textContent(), { timeout: 60_000 }).toContain('20 of 20 more');
  await expect.poll(() => status.getAttribute('aria-live')).toBe('polite');
  const aloud = await page.evaluate(() => (globalThis as unknown as { aloud: string[] }).aloud);
  expect(new Set(aloud).size).toBeLessThanOrEqual(2);
});
