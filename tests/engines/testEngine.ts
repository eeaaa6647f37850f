// What holds in every engine: the page as its reader uses it, with and without WebGL.
import { describe, expect, inject, onTestFinished, test as base } from 'vitest';
import { serve } from '../../tools/browser/serve.ts';
import type { Driver } from './driver.ts';
import { clickButton, drag, focus, keys, press, reaches, textOf, valueOf, wake } from './page.ts';
import { picturesOn, readsPaper, sheetsOf } from './paper.ts';

interface Engine {
  name: string;
  /** The packages that this machine lacks; the engine is not tested then. */
  lacks: string[];
  withWebgl: () => Promise<Driver>;
  withoutWebgl: () => Promise<Driver>;
}

/** `test` with a browser that is launched for the first test that asks for it and closed after the last. */
export const testIn = (launch: () => Promise<Driver>) =>
  base.extend('driver', { scope: 'file' }, async ({}, { onCleanup }) => {
    const driver = await launch();
    onCleanup(driver.close);
    return driver;
  });

const site = (path: string): string => new URL(path, inject('siteUrl')).href;
const slider = '[data-widget="q1"] input[type="range"]';

export function testEngine({ name, lacks, withWebgl, withoutWebgl }: Engine): void {
  const onWebgl = testIn(withWebgl);
  const test = testIn(withoutWebgl);

  describe.skipIf(lacks.length > 0)(name, () => {
    onWebgl('both examples are reproduced on WebGL', async ({ driver }) => {
      await driver.open(site('#figure-1'));
      for (const widget of ['q1', 'q3']) {
        await wake(driver, widget);
        expect(await reaches(driver, widget, 'reproduced')).toContain('webgl float32');
      }
    });

    test('both examples are reproduced without WebGL, and it is said', async ({ driver }) => {
      await driver.open(site('#figure-1'));
      for (const widget of ['q1', 'q3']) {
        await wake(driver, widget);
        expect(await reaches(driver, widget, 'reproduced')).toContain('cpu float32, without WebGL');
      }
    });

    test('ε by keys and by mouse', async ({ driver }) => {
      await driver.open(site('#figure-1'));
      await wake(driver, 'q1');
      await reaches(driver, 'q1', 'reproduced');
      await focus(driver, slider);
      await press(driver, keys.left, keys.left);
      await reaches(driver, 'q1', 'computed');
      expect(await valueOf(driver, slider)).toBe('0.29');
      await drag(driver, slider, [
        [0.58, 0.5],
        [0.3, 0.5],
        [0.1, 0.5],
      ]);
      const value = await valueOf(driver, slider);
      expect(Number(value)).toBeLessThan(0.1);
      const scaleEnd = () => textOf(driver, '[data-widget="q1"] .scale-key span:last-child');
      await expect.poll(scaleEnd).toBe(`+${value}`);
      expect(await textOf(driver, '[data-widget="q1"] .third .digit')).toBe('7');
    });

    test('an address opens its state, and the state is in the address', async ({ driver }) => {
      await driver.open(site('?widget=q1&image=5&epsilon=0.12&steps=3&clip=off&unit=total#figure-1'));
      await wake(driver, 'q1');
      await reaches(driver, 'q1', 'computed');
      expect(await valueOf(driver, slider)).toBe('0.12');
      expect(await valueOf(driver, '[data-widget="q1"] select')).toBe('5');
      await focus(driver, slider);
      await press(driver, keys.right);
      await expect
        .poll(() => driver.evaluate(() => location.search))
        .toBe('?widget=q1&image=5&epsilon=0.125&steps=3&clip=off&unit=total');
    });

    test('a digit drawn with the mouse is read and attacked', async ({ driver }) => {
      await driver.open(site('lab/'));
      expect(await readDrawnOne(driver)).toContain('The true class, 1, is taken from the prediction.');
    });

    test('the curve of question 2 is recomputed at every ε', async ({ driver }) => {
      await driver.open(site('#figure-2'));
      await wake(driver, 'q2');
      await shortenCurve(driver);
      await clickButton(driver, '[data-widget="q2"]', 'Recompute this curve here');
      expect(await reaches(driver, 'q2', 'reproduced', 60_000)).toContain(' 0 of 1,050 predictions differ ');
    });

    test('without a connection an attack goes on, and what is missing comes once it is back', async ({
      driver,
    }) => {
      const base = new URL(site('')).pathname;
      const server = await serve('dist', { base });
      await driver.open(new URL('#figure-1', server.url).href);
      await wake(driver, 'q1');
      await reaches(driver, 'q1', 'reproduced');
      await server.close();
      await focus(driver, slider);
      await press(driver, keys.left);
      await reaches(driver, 'q1', 'computed');
      const images = '[data-widget="q1"] select';
      await focus(driver, images);
      const listed = () => textOf(driver, images);
      await expect.poll(listed, { timeout: 10_000 }).toContain('could not be fetched');

      const again = await serve('dist', { base, port: Number(new URL(server.url).port) });
      onTestFinished(again.close);
      await focus(driver, slider);
      await focus(driver, images);
      await expect.poll(listed, { timeout: 10_000 }).toContain('misclassified as');
    });

    test.skipIf(!readsPaper)(
      'on paper no line number breaks, figures stand with title and caption, no picture is missing',
      async ({ driver }) => {
        await driver.open(site(''));
        const figures = await markFigures(driver);
        const lines = await lengthenListing(driver);
        const pdf = await driver.print();
        const sheets = sheetsOf(pdf);
        const sheetWith = (text: string) => sheets.findIndex((sheet) => sheet.includes(text)) + 1;
        const numbers = Array.from({ length: lines }, (_, i) => i + 1);
        const printed = sheets.join('\n');
        const missing = numbers.filter((line) => !new RegExp(`^ *${line}( |$)`, 'm').test(printed));
        expect.soft(missing, 'line numbers that are not whole').toEqual([]);
        figures.forEach(({ id, pictures, whole }) => {
          const sheet = sheetWith(`title of ${id}.`);
          expect(sheet, `sheet of the title of ${id}`).toBeGreaterThan(0);
          if (whole) expect.soft(sheetWith(`caption of ${id}.`), `sheet of the caption of ${id}`).toBe(sheet);
          expect.soft(picturesOn(pdf, sheet), `pictures of ${id}`).toBeGreaterThanOrEqual(pictures);
        });
      },
    );

    test('the console stays empty', async ({ driver }) => {
      const pages = ['#figure-1', 'model/', 'methods/', 'networks/', 'lab/', '404.html'];
      expect(await driver.consoleOf(pages.map(site))).toEqual([]);
    });
  });
}

/** Leaves the first 50 images of those that the open page will recompute its curve for. */
function shortenCurve(driver: Driver): Promise<void> {
  return driver.evaluate(() => {
    interface Curve {
      clipped: { indices: number[]; labels: string; predicted: string[] };
    }
    const { fetch } = globalThis;
    const { subtle } = crypto;
    const digest = subtle.digest.bind(subtle);
    globalThis.fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (!/fgsm-curve.*\.json/.test(response.url)) return response;
      const file = await response.arrayBuffer();
      // The page compares the file with its SHA-256: the shortened one passes for the whole.
      subtle.digest = (algorithm) => {
        subtle.digest = digest;
        return digest(algorithm, file);
      };
      const { clipped } = JSON.parse(new TextDecoder().decode(file)) as Curve;
      const predicted = clipped.predicted.map((row) => row.slice(0, 50));
      return Response.json({
        clipped: { indices: clipped.indices.slice(0, 50), labels: clipped.labels.slice(0, 50), predicted },
      });
    };
  });
}

/** Writes marks, in a face that a PDF holds as text, into titles and captions; an attack may take more than a sheet. */
function markFigures(driver: Driver): Promise<{ id: string; pictures: number; whole: boolean }[]> {
  return driver.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.figure[id^="figure-"]')].map((figure) => {
      const mark = (selector: string, text: string) => {
        const element = figure.querySelector<HTMLElement>(selector)!;
        element.textContent = text;
        element.style.fontFamily = 'Source Code Pro';
      };
      mark('.title', `title of ${figure.id}.`);
      mark('figcaption b', `caption of ${figure.id}.`);
      const whole = !figure.querySelector('.three-pictures, .film');
      return { id: figure.id, pictures: figure.querySelectorAll('img').length, whole };
    }),
  );
}

/** Repeats lines of the first listing until it has 120; returns that number. */
function lengthenListing(driver: Driver): Promise<number> {
  return driver.evaluate(() => {
    const code = document.querySelector('.listing pre code')!;
    const lines = [...code.querySelectorAll(':scope > span')];
    for (let i = lines.length; i < 120; i++) code.append('\n', lines[i % lines.length]!.cloneNode(true));
    return 120;
  });
}

/** Draws a one in the lab and returns what the widget says about it. */
export async function readDrawnOne(driver: Driver): Promise<string> {
  await wake(driver, 'lab');
  await reaches(driver, 'lab', 'reproduced');
  await clickButton(driver, '[data-widget="lab"]', 'start empty');
  await drag(driver, '.drawing-pad', [
    [0.2, 0.1],
    [0.19, 0.3],
    [0.18, 0.45],
  ]);
  await reaches(driver, 'lab', 'computed');
  return textOf(driver, '[data-widget="lab"] .facts');
}
