import type { APIRoute, GetStaticPaths } from 'astro';
import css from '../../components/figures/figures.css?raw';
import { loadFigure } from '../../components/figures/loadFigure.ts';
import { figureNames, type FigureName } from '../../components/figures/registry.ts';
import { standaloneSvg } from '../../components/figures/standaloneSvg.ts';
import tokens from '../../site/styles/tokens.css?raw';

/** Each figure as a file that stands alone. */
export const getStaticPaths = (() =>
  figureNames.map((name) => ({ params: { name } }))) satisfies GetStaticPaths;

/** The wide drawing in the light theme's colours. */
export const GET: APIRoute<object, { name: FigureName }> = async ({ params }) => {
  const figure = await loadFigure(params.name);
  return new Response(standaloneSvg(figure.xml(), { css, tokens }), {
    headers: { 'Content-Type': 'image/svg+xml' },
  });
};
