// From a figure's drawing to text: both sizes for a page, one for a file.
import { JSDOM } from 'jsdom';
import type { FigureOptions, FigureSize } from './figureOptions.ts';

const { window } = new JSDOM('');

/** Draws a figure outside a browser. */
export type Draw = (options: FigureOptions) => SVGSVGElement;

/** What a figure is called. */
export type FigureNames = Pick<FigureOptions, 'id' | 'title' | 'description'>;

/** The figure as HTML: the wide and the small drawing, one after the other (or those asked for). */
export function renderFigure(
  draw: Draw,
  names: FigureNames,
  sizes: FigureSize[] = ['wide', 'small'],
): string {
  return sizes.map((size) => draw({ ...names, size, document: window.document }).outerHTML).join('');
}

/** The figure as an XML document. */
export function serializeFigure(draw: Draw, names: FigureNames, size: FigureSize): string {
  const svg = draw({ ...names, size, document: window.document });
  return new window.XMLSerializer().serializeToString(svg);
}
