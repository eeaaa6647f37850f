import type { APIRoute, GetStaticPaths } from 'astro';
import css from '../../components/figures/charts.css?raw';
import { figureNames, loadFigure, type FigureName } from '../../components/figures/figures.ts';
import { lightTokens, standaloneSvg } from '../../components/figures/standaloneSvg.ts';
import tokens from '../../site/styles/tokens.css?raw';

/** Each figure as a file that stands alone. */
export const getStaticPaths = (() =>
  figureNames.map((name) => ({ params: { name } }))) satisfies GetStaticPaths;

/** The wide drawing in the light theme's colours. */
export const GET: APIRoute<object, { name: FigureName }> = async ({ params }) => {
  const { svg } = await loadFigure(params.name);
  return new Response(standaloneSvg(svg('wide'), { css, tokens: lightTokens(tokens) }), {
    headers: { 'Content-Type': 'image/svg+xml' },
  });
};
