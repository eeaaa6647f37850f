// A figure of the report: the results that it needs, what is made of them, and the frame that all drawings share.
import * as Plot from '@observablehq/plot';
import { csvFormatRows, select } from 'd3';
import { JSDOM } from 'jsdom';
import type { Result, ResultName } from '../../compute/results/schemas.ts';
import { shortPath } from '../shortPath.ts';

/** A figure is drawn twice: 932 pixels wide at most, and 350 for narrow screens. CSS shows one of them. */
export type FigureSize = 'wide' | 'small';

/** Values of a figure: for the table below it, and as they are for the CSV file. */
export interface FigureTable {
  header: string[];
  rows: (string | number)[][];
  /** How the table prints the numbers of each column; as they are if left out. */
  print?: ((value: number) => string)[];
}

/** A table as text for spreadsheets, its numbers in full. */
export function csv({ header, rows }: FigureTable): string {
  return `${csvFormatRows([header, ...rows.map((row) => row.map(String))])}\n`;
}

/** Results by name; a figure reads those that it needs. */
export type Results = { [Name in ResultName]?: Result<Name> };

interface FigureDefinition<Name extends ResultName, Data> {
  /** What it is drawn from; the first is the one whose provenance is shown. */
  results: readonly [Name, ...Name[]];
  data: (results: { [One in Name]: Result<One> }) => Data;
  /** The finding in a sentence without a full stop, symbols between underscores: "Half at _ε_ ≈ 0.1". */
  title: (data: Data) => string;
  /** What is drawn, for those who cannot see it; the values are in the table. */
  description: string;
  draw: (data: Data, small: boolean) => FigurePlot;
  table: (data: Data) => FigureTable;
  /** Every value, where the table sums up. */
  values?: (data: Data) => FigureTable;
}

export interface BoundFigure {
  title: string;
  table: FigureTable;
  values: FigureTable;
  /** Both drawings, the wide one first, as HTML. */
  html: () => string;
  /** One drawing, coloured by the classes of charts.css. */
  svg: (size: FigureSize) => SVGSVGElement;
}

const { document } = new JSDOM('').window;

/** A figure of the report; `bind(id, results)` is the figure of these results. */
export function defineFigure<Name extends ResultName, Data>(figure: FigureDefinition<Name, Data>) {
  const bind = (id: string, results: Results): BoundFigure => {
    const data = figure.data(results as { [One in Name]: Result<One> });
    const title = figure.title(data);
    const table = figure.table(data);
    const words = { id, title: title.replaceAll('_', ''), description: figure.description };
    const svg = (size: FigureSize) => plotFigure(figure.draw(data, size === 'small'), size, words);
    return {
      title,
      table,
      values: figure.values?.(data) ?? table,
      html: () => compact(svg('wide').outerHTML + svg('small').outerHTML),
      svg,
    };
  };
  return { ...figure, bind };
}

/** The markup of drawings in as few bytes as HTML allows. */
function compact(html: string): string {
  return html.replaceAll('&nbsp;', '\u00a0').replace(/<(circle|path|rect|line)([^<>]*)><\/\1>/g, '<$1$2/>');
}

/** Marks, and scales as Plot takes them; what it has no width or margin for is as in `frames`. */
export type FigurePlot = Omit<Plot.PlotOptions, 'document' | 'className' | 'style'> & {
  height: number;
  marks: Plot.Markish[];
};

const frames = {
  wide: { width: 932, marginTop: 36, marginRight: 5, marginBottom: 50, marginLeft: 46 },
  small: { width: 350, marginTop: 36, marginRight: 10, marginBottom: 50, marginLeft: 38 },
};

/**
 * A Plot figure as the page shows it: colours and type by class, named and described for assistive technology, the
 * position scales of one with a layer for live points as `data-x-domain`, `data-x-range`, `data-y-domain` and
 * `data-y-range`, so that these can be drawn without Plot.
 *
 * @param id ids inside the SVG start with it, so they are unique on a page and equal in every build
 */
export function plotFigure(
  plot: FigurePlot,
  size: FigureSize,
  { id, title, description }: Record<'id' | 'title' | 'description', string>,
): SVGSVGElement {
  // Axes are drawn by the figure's own marks.
  const drawn = Plot.plot({ axis: null, ...frames[size], ...plot, document, className: 'chart' });
  const svg = drawn as unknown as SVGSVGElement;
  tidy(svg);
  // A narrow screen is touched: nothing hovers over a point.
  if (size === 'small') for (const tooltip of svg.querySelectorAll('title')) tooltip.remove();
  svg.setAttribute('class', `chart c-${size}`);
  svg.setAttribute('role', 'img');
  for (const name of svg.querySelector('.live') ? (['x', 'y'] as const) : []) {
    const { domain, range } = drawn.scale(name)!;
    svg.setAttribute(`data-${name}-domain`, [...domain!].join(' '));
    svg.setAttribute(`data-${name}-range`, [...range!].join(' '));
  }
  svg.setAttribute('aria-labelledby', `${id}-title`);
  svg.setAttribute('aria-describedby', `${id}-desc`);
  // The small drawing stands beside the wide one, whose words name both.
  if (size === 'wide')
    for (const [tag, text] of Object.entries({ desc: description, title }))
      select(svg).insert(tag, ':first-child').attr('id', `${id}-${tag}`).text(text);
  return svg;
}

/** Paths of straight lines alone. */
const straight = /^M[\dMLZ., -]+$/;

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
      if (name === 'd' && straight.test(value)) element.setAttribute(name, shortPath(rounded(value, 1)));
    }
  }
}

/** The text with each number in it rounded. */
function rounded(text: string, decimals: number): string {
  return text.replace(/-?\d*\.?\d+(?:e[-+]?\d+)?/g, (number) =>
    String(Number(Number(number).toFixed(decimals)) + 0),
  );
}
