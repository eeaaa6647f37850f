// The one place that calls Plot: every figure gets the same frame, names and tidying from here.
import * as Plot from '@observablehq/plot';
import type { FigureOptions } from './figure.ts';

/** Size and marks of a figure; scales as Plot takes them, axes drawn by the figure's own marks. */
export type FigurePlot = Omit<Plot.PlotOptions, 'document' | 'className' | 'style'> & {
  width: number;
  height: number;
  marks: Plot.Markish[];
};

/**
 * A Plot figure as the page shows it: colours and type by class, named and described for assistive technology, the
 * position scales as `data-x-domain`, `data-x-range`, `data-y-domain` and `data-y-range`, so that live points can be
 * drawn into it without Plot.
 *
 * @throws if the title or the description is empty
 */
export function plotFigure(options: FigureOptions, plot: FigurePlot): SVGSVGElement {
  const { document, size, id, title, description } = options;
  if (!title || !description) {
    throw new Error(
      `invalid figure ${id}: title "${title}", description "${description}", expected some text`,
    );
  }
  const drawn = Plot.plot({ axis: null, ...plot, document, className: 'chart' });
  const svg = drawn as unknown as SVGSVGElement;
  tidy(svg);
  svg.setAttribute('class', `chart c-${size}`);
  svg.setAttribute('role', 'img');
  for (const name of ['x', 'y'] as const) {
    const scale = drawn.scale(name);
    if (!scale?.domain || !scale.range) continue;
    svg.setAttribute(`data-${name}-domain`, [...scale.domain].join(' '));
    svg.setAttribute(`data-${name}-range`, [...scale.range].join(' '));
  }
  const named = (tag: 'title' | 'desc', attribute: string, text: string) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    element.id = `${id}-${size}-${tag}`;
    element.textContent = text;
    svg.setAttribute(attribute, element.id);
    return element;
  };
  svg.prepend(named('title', 'aria-labelledby', title), named('desc', 'aria-describedby', description));
  return svg;
}

const kept = /^(class|transform|width|height|viewBox|xmlns.*)$/;

/**
 * Leaves out what Plot writes on the root and on groups and the style sheet says instead, and rounds coordinates to a
 * tenth of a pixel.
 */
function tidy(svg: SVGSVGElement): void {
  svg.querySelector('style')?.remove();
  for (const element of [svg, ...svg.querySelectorAll('g')]) {
    for (const { name } of [...element.attributes]) if (!kept.test(name)) element.removeAttribute(name);
  }
  for (const element of svg.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      if (value === 'none') element.removeAttribute(name);
      else if (name !== 'class') element.setAttribute(name, rounded(value, name === 'fill-opacity' ? 2 : 1));
    }
  }
}

/** The text with each number in it rounded. */
function rounded(text: string, decimals: number): string {
  return text.replace(/-?\d*\.?\d+(?:e[-+]?\d+)?/g, (number) =>
    String(Number(Number(number).toFixed(decimals)) + 0),
  );
}
