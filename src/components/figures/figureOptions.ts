// How every figure of the report is asked for.

/** A figure is drawn twice: 932 pixels wide at most, and 350 for narrow screens. CSS shows one of them. */
export type FigureSize = 'wide' | 'small';

/** What a figure needs besides its data. */
export interface FigureOptions {
  /** Where elements are created: a browser's document, or jsdom's at build. */
  document: Document;
  size: FigureSize;
  /** Name of the figure; ids inside the SVG start with it, so they are unique on a page and equal in every build. */
  id: string;
  /** What the figure shows, for those who cannot see it. */
  title: string;
  /** What can be read off it. */
  description: string;
}

/** The values behind a figure, for the table below it and the CSV file. */
export interface FigureTable {
  header: string[];
  rows: (string | number)[][];
}
