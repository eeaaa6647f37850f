import type { APIRoute, GetStaticPaths } from 'astro';
import { csv } from '../../components/figures/csv.ts';
import { loadFigure } from '../../components/figures/loadFigure.ts';
import { figureNames, type FigureName } from '../../components/figures/registry.ts';

/** The values behind each figure. */
export const getStaticPaths = (() =>
  figureNames.map((name) => ({ params: { name } }))) satisfies GetStaticPaths;

/** Every value of the figure. */
export const GET: APIRoute<object, { name: FigureName }> = async ({ params }) => {
  const figure = await loadFigure(params.name);
  return new Response(csv(figure.values()), { headers: { 'Content-Type': 'text/csv; charset=utf-8' } });
};
