// Every file that is made with the pages: the figures' drawings and values, pictures, notices, a script.
import type { APIRoute, GetStaticPaths } from 'astro';
import { rgb } from 'd3';
import charts from '../components/figures/charts.css?raw';
import { csv } from '../components/figures/figure.ts';
import { figureNames, loadFigure } from '../components/figures/figures.ts';
import { galleryNames, galleryTable } from '../components/figures/gallery.ts';
import { worstSignsTable } from '../components/figures/precision.ts';
import { lightTokens, standaloneSvg } from '../components/figures/standaloneSvg.ts';
import { encodePng } from '../components/pictures/encodePng.ts';
import { pictures } from '../components/pictures/pictures.ts';
import { shareCard } from '../components/pictures/shareCard.ts';
import { readResult } from '../compute/results/readResult.ts';
import { isImported } from '../compute/results/root.ts';
import { licences } from '../report/appendix.ts';
import { saveNetworkScript } from '../report/python.ts';
import styles from '../site/styles/tokens.css?raw';

type Make = () => BodyInit | Promise<BodyInit>;

const tokens = lightTokens(styles);

/** Each file by its address, and how it is made: drawings in the light theme's colours, values as they were computed. */
export const getStaticPaths = (async () => {
  const [fgsm, iterative, gallery, defendedGallery, precision] = await Promise.all([
    readResult('fgsm-example'),
    readResult('iterative-example'),
    readResult('gallery'),
    isImported() ? undefined : readResult('defended-gallery'),
    readResult('precision'),
  ]);
  const colour = (name: string) => rgb(tokens.get(`--${name}`)!);
  const colours = { paper: colour('paper'), tile: colour('tile'), rule: colour('rule'), ink: colour('ink') };
  const files: Record<string, Make> = {
    'licences.txt': licences,
    'save_network.py': saveNetworkScript,
    // What a link to the report shows, 1200 × 630 pixels.
    'og.png': () => encodePng(shareCard(fgsm, colours)),
    'figures/precision-worst.csv': async () => csv(await worstSignsTable()),
  };
  for (const name of figureNames) {
    files[`figures/${name}.svg`] = async () =>
      standaloneSvg((await loadFigure(name)).svg('wide'), { css: charts, tokens });
    files[`figures/${name}.csv`] = async () => csv((await loadFigure(name)).values);
  }
  for (const name of galleryNames) files[`figures/${name}.csv`] = async () => csv(await galleryTable(name));
  for (const [name, picture] of pictures({ fgsm, iterative, gallery, defendedGallery, precision }))
    files[`pictures/${name}.png`] = () => encodePng(picture);
  return Object.entries(files).map(([file, make]) => ({ params: { file }, props: { make } }));
}) satisfies GetStaticPaths;

const types: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  png: 'image/png',
  py: 'text/x-python; charset=utf-8',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
};

export const GET: APIRoute<{ make: Make }, { file: string }> = async ({ props, params: { file } }) =>
  new Response(await props.make(), { headers: { 'Content-Type': types[file.split('.').pop()!]! } });
