import type { APIRoute, GetStaticPaths } from 'astro';
import { csvFormatRows } from 'd3';
import type { FigureTable } from '../../components/figures/figure.ts';
import { figureNames, loadFigure } from '../../components/figures/figures.ts';
import { galleryTable } from '../../components/figures/gallery.ts';
import { worstSignsTable } from '../../components/figures/precision.ts';

const tables = new Map<string, () => Promise<FigureTable>>([
  ...figureNames.map((name) => [name, async () => (await loadFigure(name)).values] as const),
  ['gallery', galleryTable],
  ['precision-worst', worstSignsTable],
]);

/** The values behind each figure. */
export const getStaticPaths = (() =>
  [...tables.keys()].map((name) => ({ params: { name } }))) satisfies GetStaticPaths;

/** Every value of the figure, as it was computed. */
export const GET: APIRoute<object, { name: string }> = async ({ params }) => {
  const { header, rows } = await tables.get(params.name)!();
  const text = csvFormatRows([header, ...rows.map((row) => row.map(String))]);
  return new Response(`${text}\n`, { headers: { 'Content-Type': 'text/csv; charset=utf-8' } });
};
