// A figure of the report: the results that it needs, and what is made of them.
import { JSDOM } from 'jsdom';
import type { Result, ResultName } from '../../compute/results/schemas.ts';

/** A figure is drawn twice: 932 pixels wide at most, and 350 for narrow screens. CSS shows one of them. */
export type FigureSize = 'wide' | 'small';

/** What a drawing needs besides its data. */
export interface FigureOptions {
  /** Where elements are created: a browser's document, or jsdom's at build. */
  document: Document;
  size: FigureSize;
  /** Ids inside the SVG start with it, so they are unique on a page and equal in every build. */
  id: string;
  title: string;
  description: string;
}

/** Values of a figure: for the table below it, printed as the columns say, and as they are for the CSV file. */
export interface FigureTable {
  columns: { name: string; print?: (value: number) => string }[];
  rows: (string | number)[][];
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
  draw: (data: Data, options: FigureOptions) => SVGSVGElement;
  table: (data: Data) => FigureTable;
  /** Every value, where the table sums up. */
  values?: (data: Data) => FigureTable;
}

/** A figure with its data. */
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

/** A figure of the report; `bind(id, results)` throws if a result that it needs is missing. */
export function defineFigure<Name extends ResultName, Data>(figure: FigureDefinition<Name, Data>) {
  const bind = (id: string, results: Results): BoundFigure => {
    const missing = figure.results.filter((name) => results[name] === undefined);
    if (missing.length > 0) throw new Error(`cannot draw ${id}: no result ${missing.join(', ')}`);
    const data = figure.data(results as { [One in Name]: Result<One> });
    const title = figure.title(data);
    const table = figure.table(data);
    const svg = (size: FigureSize) =>
      figure.draw(data, {
        document,
        size,
        id,
        title: title.replaceAll('_', ''),
        description: figure.description,
      });
    return {
      title,
      table,
      values: figure.values?.(data) ?? table,
      html: () => svg('wide').outerHTML + svg('small').outerHTML,
      svg,
    };
  };
  return { ...figure, bind };
}
