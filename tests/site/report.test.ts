// The built report as the one who grades it finds it, with and without scripts.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { fourDigits } from '../../src/components/format.ts';
import { test } from './test.ts';

interface Sweep {
  epsilons: number[];
  labels: string;
  predicted: string[];
}

interface Example {
  index: number;
  label: number;
  original: { prediction: { probabilities: number[] } };
  path: { prediction: { probabilities: number[] } }[];
}

async function result<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(`public/results/${name}.json`, 'utf8')) as T;
}

/** Accuracy at an ε, counted here and not by the code that the pages use. */
function accuracyAt({ epsilons, labels, predicted }: Sweep, epsilon: number): number {
  const row = predicted[epsilons.findIndex((value) => Math.abs(value - epsilon) < 1e-9)]!;
  return [...labels].filter((label, i) => label === row[i]).length / labels.length;
}

const pages = ['', 'model/', 'methods/', 'networks/', 'lab/', '404.html'];

describe('every page', () => {
  for (const path of pages) {
    test(`/${path} asks nothing of other hosts and logs no error`, async ({ visit }) => {
      const { page, errors, foreign } = await visit(path);
      await page.evaluate(async () => {
        for (let y = 0; y < document.documentElement.scrollHeight; y += 800) {
          window.scrollTo(0, y);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      });
      await page.waitForTimeout(500);
      expect(foreign).toEqual([]);
      expect(errors).toEqual([]);
    });
  }
});

const questions = [
  { id: 'q1', points: '4 points', items: ['Code', 'Picture', 'Prediction vectors'] },
  { id: 'q2', points: '2 points', items: ['Code', 'Plot'] },
  { id: 'q3', points: '6 points', items: ['Code', 'Picture', 'Prediction vectors'] },
  { id: 'q4', points: '2 points', items: ['Plot'] },
];

for (const javaScriptEnabled of [true, false]) {
  test(`the report ${javaScriptEnabled ? 'with' : 'without'} JavaScript hands in every item of the four questions`, async ({
    visit,
  }) => {
    const { page } = await visit('', { javaScriptEnabled });
    for (const { id, points, items } of questions) {
      const head = page.locator('.question-head', { has: page.locator(`#${id}`) });
      await expect.poll(() => head.count(), { message: id }).toBe(1);
      const strip = await head.innerText();
      expect(strip).toContain(points);
      for (const item of items) expect(strip).toContain(item);
      for (const href of await head
        .locator('a')
        .evaluateAll((links) => links.map((a) => a.getAttribute('href')))) {
        const [file = '', anchor] = href!.split('#');
        if (anchor === undefined) {
          const response = await page.request.get(new URL(file, page.url()).href);
          expect(response.status(), `${id} → ${file}`).toBe(200);
        } else {
          expect(await page.locator(`#${anchor}`).isVisible(), `${id} → #${anchor}`).toBe(true);
        }
      }
    }
    // Both prediction vectors in four digits, in class order.
    for (const [table, name] of [
      ['table-1', 'fgsm-example'],
      ['table-3', 'iterative-example'],
    ] as const) {
      const { original, path } = await result<Example>(name);
      const after = path[path.length - 1]!.prediction.probabilities;
      const cells = await page.locator(`#${table} td.float`).allInnerTexts();
      expect(cells).toEqual(
        original.prediction.probabilities.flatMap((before, digit) => [before, after[digit]!].map(fourDigits)),
      );
    }
    // x, the step and x* as pictures.
    const figure = page.locator('#figure-1');
    await figure.scrollIntoViewIfNeeded();
    expect(await figure.locator('img, canvas').count()).toBeGreaterThanOrEqual(3);
    for (const image of await figure.locator('img').all())
      expect(await image.getAttribute('alt')).toBeTruthy();
  });
}

/** The text of an element; of a heading, the text from there to the next one. */
function textAt(page: Page, place: string): Promise<string> {
  return page
    .locator(place)
    .first()
    .evaluate((start) => {
      const head = start.closest('.question-head') ?? start;
      let text = head.textContent;
      if (/^(H2|HEADER)$/.test(head.tagName))
        for (
          let part = head.nextElementSibling;
          part && !part.matches('h2, .question-head');
          part = part.nextElementSibling
        )
          text += part.textContent;
      return text.replace(/[ \n]+/g, ' ');
    });
}

describe('numbers in the prose and in the tables', () => {
  test('equal what is counted from the results', async ({ visit }) => {
    const { page } = await visit('');
    const { clipped, unclipped } = await result<{ clipped: Sweep; unclipped: Sweep }>('fgsm-curve');
    const iterative = await result<{ clipped: Sweep }>('iterative-curve');
    const one = await result<Example>('fgsm-example');
    const evaluation = await result<{ labels: string; predicted: string }>('evaluation');
    const right = [...evaluation.labels].filter((label, i) => label === evaluation.predicted[i]).length;
    const percent = (share: number, decimals = 1) => `${(share * 100).toFixed(decimals)}\u00a0%`;
    const end = one.path[0]!.prediction.probabilities;
    const facts: [place: string, text: string][] = [
      ['.deck', percent(accuracyAt(clipped, 0))],
      ['.deck', percent(accuracyAt(clipped, 0.3))],
      ['.deck', percent(accuracyAt(iterative.clipped, 0.1))],
      ['.answers a[href="#q2"]', percent(accuracyAt(clipped, 0.1))],
      ['#q2', `${percent(accuracyAt(unclipped, 0.1))} instead of ${percent(accuracyAt(clipped, 0.1))}`],
      ['#q1', `correctly: test image ${one.index},`],
      ['#q1', `with probability ${Math.max(...end).toFixed(4)}`],
      ['#setting', percent(right / evaluation.labels.length, 2)],
    ];
    for (const [place, text] of facts) expect(await textAt(page, place), text).toContain(text);
    // Table 2 and table 4 hold the accuracy at every epsilon.
    for (const [table, name] of [
      ['table-2', 'fgsm-curve'],
      ['table-4', 'iterative-curve'],
    ] as const) {
      const { clipped } = await result<{ clipped: Sweep }>(name);
      const text = (await page.locator(`#${table}`).textContent())!;
      for (const epsilon of clipped.epsilons) {
        const accuracy = accuracyAt(clipped, epsilon);
        expect(text, `${table}, ε = ${epsilon}`).toMatch(
          new RegExp(`${(accuracy * 100).toFixed(1)}|${accuracy}`),
        );
      }
    }
  });
});

describe('the bars of the report', () => {
  test('hold for the results that it shows', async () => {
    const { clipped } = await result<{ clipped: Sweep & { zeroGradients: number[] } }>('fgsm-curve');
    const iterative = await result<{ clipped: Sweep & { zeroGradients: number[] } }>('iterative-curve');
    expect(accuracyAt(clipped, 0.3)).toBeLessThan(0.02);
    expect(accuracyAt(iterative.clipped, 0.3)).toBeLessThan(0.02);
    for (let i = 2; i <= 12; i++) {
      expect(accuracyAt(iterative.clipped, i / 40), `ε = ${i / 40}`).toBeLessThanOrEqual(
        accuracyAt(clipped, i / 40),
      );
    }
    expect(
      [...clipped.zeroGradients, ...iterative.clipped.zeroGradients].every((images) => images === 0),
    ).toBe(true);
    for (const name of ['fgsm-example', 'iterative-example']) {
      const { label, path } = await result<Example>(name);
      const { probabilities } = path[path.length - 1]!.prediction;
      expect(probabilities.indexOf(Math.max(...probabilities)), name).not.toBe(label);
    }
  });
});

test('every figure offers its numbers as JSON and as CSV', async ({ visit }) => {
  for (const path of ['', 'model/', 'methods/', 'networks/']) {
    const { page } = await visit(path, { javaScriptEnabled: false });
    const figures = page.locator('.figure[id^="figure-"]');
    expect(await figures.count()).toBeGreaterThan(2);
    for (const figure of await figures.all()) {
      const hrefs = await figure
        .locator('a[download]')
        .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
      for (const ending of ['.json', '.csv']) {
        const file = hrefs.find((href) => href.endsWith(ending));
        expect(file, `${(await figure.getAttribute('id'))!} ${ending}`).toBeDefined();
        expect((await fetch(file!)).status, file).toBe(200);
      }
    }
  }
});
