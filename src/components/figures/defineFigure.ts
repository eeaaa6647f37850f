// A figure of the report: the results that it needs, and what is made of them.
import type { Result, ResultName } from '../../compute/results/schemas.ts';
import type { FigureOptions, FigureSize, FigureTable } from './figureOptions.ts';
import { renderFigure, serializeFigure } from './renderFigure.ts';

/** Results by name; a figure reads those that it needs. */
export type Results = { [Name in ResultName]?: Result<Name> };

/** A figure with its data. */
export interface BoundFigure {
  /** What it shows, without saying what is found. */
  title: string;
  /** Its main values in words. */
  description: string;
  draw: (options: FigureOptions) => SVGSVGElement;
  /** The table to read below the figure. */
  table: () => FigureTable;
  /** Every value behind it, for the CSV file: the table itself, unless that sums up. */
  values: () => FigureTable;
  /** Both drawings (or those asked for) as HTML, named by `title` and `description`. */
  html: (options?: { title?: string; description?: string; sizes?: FigureSize[] }) => string;
  /** One drawing as an XML document, coloured by the classes of figures.css. */
  xml: (size?: FigureSize) => string;
}

/** A figure without data. */
export interface Figure {
  results: readonly ResultName[];
  /** The figure under its name, with the results that it needs; throws if one of them is missing. */
  bind: (id: string, results: Results) => BoundFigure;
}

/** A figure: `derive` makes its data of the results named, the rest make of the data what pages need. */
export function defineFigure<Name extends ResultName, Data>(definition: {
  results: readonly Name[];
  derive: (results: { [One in Name]: Result<One> }) => Data;
  draw: (data: Data, options: FigureOptions) => SVGSVGElement;
  table: (data: Data) => FigureTable;
  /** Every value, where the table sums up. */
  values?: (data: Data) => FigureTable;
  title: string;
  describe: (data: Data) => string;
}): Figure {
  return {
    results: definition.results,
    bind: (id, results) => {
      const missing = definition.results.filter((name) => results[name] === undefined);
      if (missing.length > 0) throw new Error(`cannot draw ${id}: no result ${missing.join(', ')}`);
      const data = definition.derive(results as { [One in Name]: Result<One> });
      const draw = (options: FigureOptions) => definition.draw(data, options);
      const names = { id, title: definition.title, description: definition.describe(data) };
      return {
        title: names.title,
        description: names.description,
        draw,
        table: () => definition.table(data),
        values: () => (definition.values ?? definition.table)(data),
        html: ({ sizes, ...changed } = {}) => renderFigure(draw, { ...names, ...changed }, sizes),
        xml: (size = 'wide') => serializeFigure(draw, names, size),
      };
    },
  };
}
