import type { APIRoute } from 'astro';
import { rgb } from 'd3';
import { lightTokens } from '../components/figures/standaloneSvg.ts';
import { encodePng } from '../components/pictures/encodePng.ts';
import { shareCard } from '../components/pictures/shareCard.ts';
import { readResult } from '../compute/results/readResult.ts';
import css from '../site/styles/tokens.css?raw';

/** The picture that a link to the report shows, 1200 × 630 pixels. */
export const GET: APIRoute = async () => {
  const tokens = lightTokens(css);
  const colour = (name: string) => rgb(tokens.get(`--${name}`)!);
  const colours = { paper: colour('paper'), tile: colour('tile'), rule: colour('rule'), ink: colour('ink') };
  const card = shareCard(await readResult('fgsm-example'), colours);
  return new Response(encodePng(card), { headers: { 'Content-Type': 'image/png' } });
};
