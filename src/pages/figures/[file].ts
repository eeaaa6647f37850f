import type { APIRoute, GetStaticPaths } from 'astro';
import css from '../../components/figures/charts.css?raw';
import { csv } from '../../components/figures/figure.ts';
import { figureNames, loadFigure } from '../../components/figures/figures.ts';
import { galleryNames, galleryTable } from '../../components/figures/gallery.ts';
import { worstSignsTable } from '../../components/figures/precision.ts';
import { lightTokens, standaloneSvg } from '../../components/figures/standaloneSvg.ts';
import tokens from '../../site/styles/tokens.css?raw';

const style = { css, tokens: lightTokens(tokens) };

/** Each figure as a drawing that stands alone, in the light theme's colours, and every value behind it, as it was computed. */
const files = new Map<string, () => Promise<string>>([
  ...figureNames.flatMap((name) => [
    [`${name}.svg`, async () => standaloneSvg((await loadFigure(name)).svg('wide'), style)] as const,
    [`${name}.csv`, async () => csv((await loadFigure(name)).values)] as const,
  ]),
  ...galleryNames.map((name) => [`${name}.csv`, async () => csv(await galleryTable(name))] as const),
  ['precision-worst.csv', async () => csv(await worstSignsTable())],
]);

export const getStaticPaths = (() =>
  [...files.keys()].map((file) => ({ params: { file } }))) satisfies GetStaticPaths;

export const GET: APIRoute<object, { file: string }> = async ({ params: { file } }) => {
  const type = file.endsWith('.svg') ? 'image/svg+xml' : 'text/csv; charset=utf-8';
  return new Response(await files.get(file)!(), { headers: { 'Content-Type': type } });
};
