import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { example } from '../src/components/figures/fixtures.ts';
import { exampleSvg } from './exampleSvg.ts';

const { DOMParser } = new JSDOM('').window;

function draw(steps: number, changed: Partial<ReturnType<typeof example>> = {}): Document {
  const document = new DOMParser().parseFromString(
    exampleSvg({ ...example(steps), ...changed }, '.a{}'),
    'image/svg+xml',
  );
  expect(document.querySelector('parsererror')).toBeNull();
  return document;
}

/** The grey level of each pixel of a tile, read off its rectangles. */
function pixels(tile: Element): number[] {
  const values = new Array<number>(784).fill(0);
  for (const rect of tile.querySelectorAll('rect.ink')) {
    const [x, y, width] = ['x', 'y', 'width'].map((name) => Number(rect.getAttribute(name)) / 10);
    values.fill(Number(rect.getAttribute('fill-opacity')), y! * 28 + x!, y! * 28 + x! + width!);
  }
  return values;
}

describe('exampleSvg(example, css)', () => {
  it('draws every pixel of x and x* in its own place', () => {
    const { original, path } = example(1);
    const [x, , perturbed] = draw(1).querySelectorAll('svg > g');
    const four = (values: number[]) => values.map((value) => Number(value.toFixed(4)));
    expect(pixels(x!)).toEqual(four(original.image));
    expect(pixels(perturbed!)).toEqual(four(path[0]!.perturbed));
  });

  it('says how each image is read and how it was made', () => {
    expect(draw(1).documentElement.textContent).toMatch(/read as 7.*one step of ε = 0\.3.*read as 8/);
    expect(draw(5).documentElement.textContent).toMatch(/5 steps of ε\/5 = 0\.06/);
  });

  it('never claims certainty of a probability', () => {
    const prediction = {
      logits: example(1).original.prediction.logits,
      probabilities: [...Array<number>(7).fill(0), 0.99999, 0, 0],
    };
    const { original } = example(1);
    expect(draw(1, { original: { ...original, prediction } }).documentElement.textContent).toContain(
      '>\u00a00.9999',
    );
  });
});
