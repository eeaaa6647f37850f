// The one place that calls Plot: every figure gets the same frame, names and tidying from here.
import * as Plot from '@observablehq/plot';
import type { FigureOptions } from './figureOptions.ts';
import { tidySvg } from './tidySvg.ts';

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
  const scales = (['x', 'y'] as const).flatMap((name) => {
    const scale = drawn.scale(name);
    return scale?.domain && scale.range ? [{ name, domain: scale.domain, range: scale.range }] : [];
  });
  const svg = drawn as unknown as SVGSVGElement;
  tidySvg(svg);
  svg.setAttribute('class', `chart c-${size}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('data-figure', id);
  for (const { name, domain, range } of scales) {
    svg.setAttribute(`data-${name}-domain`, [...domain].join(' '));
    svg.setAttribute(`data-${name}-range`, [...range].join(' '));
  }
  const texts = [
    { tag: 'title', attribute: 'aria-labelledby', text: title },
    { tag: 'desc', attribute: 'aria-describedby', text: description },
  ];
  const elements = texts.map(({ tag, attribute, text }) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    element.id = `${id}-${size}-${tag}`;
    element.textContent = text;
    svg.setAttribute(attribute, element.id);
    return element;
  });
  svg.prepend(...elements);
  return svg;
}
