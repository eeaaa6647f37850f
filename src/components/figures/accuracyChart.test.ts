import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { accuracyChart, accuracyTable, type AccuracyData } from './accuracyChart.ts';
import type { FigureOptions } from './figureOptions.ts';

const { document } = new JSDOM('').window;
const options: FigureOptions = {
  document,
  size: 'wide',
  id: 'figure',
  title: 'Title',
  description: 'Description',
};

const row = (epsilon: number, accuracy: number) => ({
  epsilon,
  accuracy,
  low: accuracy - 0.02,
  high: accuracy + 0.02,
  zeroGradients: 0,
});
const rows = [row(0, 0.98), row(0.25, 0.5), row(0.5, 0.02)];
const data: AccuracyData = {
  images: 1000,
  series: [{ style: 'fgsm', name: 'FGSM, one step', short: 'FGSM', rows, half: 0.25 }],
  marker: 0.25,
  secondRow: 'levels',
};

describe('accuracyChart(data, options)', () => {
  it('states its scales, so that a point can be drawn where its own are', () => {
    const svg = accuracyChart(data, options);
    const scale = (axis: string) =>
      ['domain', 'range'].map((part) => svg.getAttribute(`data-${axis}-${part}`)!.split(' ').map(Number));
    const [domain, range] = scale('x');
    const [shares, pixels] = scale('y');
    const points = [...svg.querySelectorAll('.pt > *')];
    expect(points.map((point) => point.getAttribute('data-epsilon'))).toEqual(['0', '0.25', '0.5']);
    for (const point of points) {
      const [epsilon, accuracy] = ['data-epsilon', 'data-accuracy'].map((name) =>
        Number(point.getAttribute(name)),
      );
      const x =
        range![0]! + ((epsilon! - domain![0]!) / (domain![1]! - domain![0]!)) * (range![1]! - range![0]!);
      const y =
        pixels![0]! + ((accuracy! - shares![0]!) / (shares![1]! - shares![0]!)) * (pixels![1]! - pixels![0]!);
      expect(Number(point.getAttribute('cx'))).toBeCloseTo(x, 0);
      expect(Number(point.getAttribute('cy'))).toBeCloseTo(y, 0);
    }
  });

  it('says the values of each point and of the marker', () => {
    const svg = accuracyChart(data, options);
    expect(svg.querySelector('[data-epsilon="0.25"] title')?.textContent).toBe('ε = 0.25, FGSM 50.0\u00a0%');
    const marker = svg.querySelector('.mark')!;
    expect(marker.getAttribute('data-marker')).toBe('0.25');
    expect(marker.querySelector('[data-mark="epsilon"]')?.textContent).toBe('ε = 0.250');
    expect(marker.querySelector('[data-mark="fgsm"]')?.textContent).toBe('FGSM 50.0\u00a0%');
  });

  it.each([
    [0, 'above the plot', '16', 'end'],
    [0.25, 'right of the line', '42', null],
    [0.5, 'left of the line', '42', 'end'],
  ])('sets the label of a marker at %s %s', (marker, _where, y, anchor) => {
    const text = accuracyChart({ ...data, marker }, options).querySelector('.mark text')!;
    expect(text.getAttribute('y')).toBe(y);
    expect(text.getAttribute('text-anchor')).toBe(anchor);
  });

  it('ends with an empty layer for live points', () => {
    expect(accuracyChart(data, options).lastElementChild?.outerHTML).toBe('<g class="live"></g>');
  });

  it('throws for no curve, a curve of one row, a marker off the grid, an empty title', () => {
    const with1 = { ...data, series: [{ ...data.series[0]!, rows: rows.slice(0, 1) }] };
    expect(() => accuracyChart({ ...data, series: [] }, options)).toThrow('invalid curves: rows []');
    expect(() => accuracyChart(with1, options)).toThrow(
      'invalid curves: rows [1], expected at least one curve',
    );
    expect(() => accuracyChart({ ...data, marker: 0.3 }, options)).toThrow('invalid epsilon: 0.3');
    expect(() => accuracyChart(data, { ...options, title: '' })).toThrow('invalid figure figure: title ""');
  });
});

describe('accuracyTable(data)', () => {
  it('has a row for each epsilon with its value of 255', () => {
    expect(accuracyTable(data)).toEqual({
      header: ['epsilon', 'of 255', 'FGSM', 'FGSM, low', 'FGSM, high'],
      rows: rows.map(({ epsilon, accuracy, low, high }) => [epsilon, epsilon * 255, accuracy, low, high]),
    });
  });
});
