import type { APIRoute, GetStaticPaths } from 'astro';
import { csv, type FigureTable } from '../../components/figures/figure.ts';
import { figureNames, loadFigure } from '../../components/figures/figures.ts';
import { galleryNames, galleryTable } from '../../components/figures/gallery.ts';
import { worstSignsTable } from '../../components/figures/precision.ts';

const tables = new Map<string, () => Promise<FigureTable>>([
  ...figureNames.map((name) => [name, async () => (await loadFigure(name)).values] as const),
  ...galleryNames.map((name) => [name, () => galleryTable(name)] as const),
  ['precision-worst', worstSignsTable],
]);

/** The values behind each figure. */
export const getStaticPaths = (() =>
  [...tables.keys()].map((name) => ({ params: { name } }))) satisfies GetStaticPaths;

/** Every value of the figure, as it was computed. */
export const GET: APIRoute<object, { name: string }> = async ({ params }) => {
  const table = await tables.get(params.name)!();
  return new Response(csv(table), { headers: { 'Content-Type': 'text/csv; charset=utf-8' } });
};
