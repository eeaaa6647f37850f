import { describe, expect, it } from 'vitest';
import { accuracyChart as accuracyPlot, type AccuracyData } from './accuracyChart.ts';
import { plotFigure } from './figure.ts';

const accuracyChart = (data: AccuracyData) =>
  plotFigure(accuracyPlot(data, false), 'wide', { id: 'figure', title: 'Title', description: 'Description' });

const row = (epsilon: number, accuracy: number) => ({
  epsilon,
  accuracy,
  low: accuracy - 0.02,
  high: accuracy + 0.02,
  zeroGradients: 0,
});
const rows = [row(0, 0.98), row(0.25, 0.5), row(0.5, 0.02)];
const series = { style: 'fgsm', name: 'FGSM, one step', short: 'FGSM', rows, half: 0.25 } as const;
const data: AccuracyData = { images: 1000, series: [series], marker: 0.25 };

describe('accuracyChart(data, small)', () => {
  it('states its scales, so that a point can be drawn where its own are', () => {
    const svg = accuracyChart(data);
    const project = (axis: 'x' | 'y', value: number) => {
      const [domain, range] = ['domain', 'range'].map((part) =>
        svg.getAttribute(`data-${axis}-${part}`)!.split(' ').map(Number),
      );
      const share = (value - domain![0]!) / (domain![1]! - domain![0]!);
      return range![0]! + share * (range![1]! - range![0]!);
    };
    const points = [...svg.querySelectorAll('.pt > *')];
    expect(points).toHaveLength(3);
    points.forEach((point, i) => {
      const [, x, y] = /translate\(([\d.]+),([\d.]+)\)/.exec(point.getAttribute('transform') ?? '') ?? [
        '',
        point.getAttribute('cx'),
        point.getAttribute('cy'),
      ];
      expect(Number(x)).toBeCloseTo(project('x', rows[i]!.epsilon), 0);
      expect(Number(y)).toBeCloseTo(project('y', rows[i]!.accuracy), 0);
    });
  });

  it('says the values of each point and of the marker', () => {
    const svg = accuracyChart(data);
    expect(svg.querySelectorAll('.pt title')[1]?.textContent).toBe('ε = 0.25, FGSM 50.0\u00a0%');
    const texts = [...svg.querySelectorAll('.mk ~ text')].map((text) => text.textContent);
    expect(texts).toEqual(['ε = 0.250', 'FGSM 50.0\u00a0%']);
  });

  it('ends at the marker if the curve has fallen to a half before, with the label left of it and under the top rule', () => {
    const early = {
      ...series,
      rows: [row(0, 0.98), row(0.1, 0.4), row(0.25, 0.1), row(0.5, 0.02)],
      half: 0.08,
    };
    const svg = accuracyChart({ ...data, series: [early] });
    expect(svg.getAttribute('data-x-domain')).toBe('0 0.25');
    expect(svg.querySelectorAll('.pt > *')).toHaveLength(3);
    const label = svg.querySelector('.mk ~ text')!;
    expect(label.getAttribute('text-anchor')).toBe('end');
    const top = Number(svg.querySelector('.mk')!.getAttribute('y1'));
    expect(Number(label.getAttribute('y')) - 14).toBeGreaterThan(top);
  });

  it('goes on to the last row if the curve falls later, with the label right of the marker', () => {
    const svg = accuracyChart(data);
    expect(svg.getAttribute('data-x-domain')).toBe('0 0.5');
    expect(svg.querySelector('.mk ~ text')!.getAttribute('text-anchor')).toBeNull();
  });

  it('ends with an empty layer for live points', () => {
    expect(accuracyChart(data).lastElementChild?.outerHTML).toBe('<g class="live"></g>');
  });

  it('throws for a marker off the grid', () => {
    expect(() => accuracyChart({ ...data, marker: 0.3 })).toThrow('invalid epsilon: 0.3');
  });
});
