// The four figures of the hand-in as SVG documents that need no other file.
import { readFile } from 'node:fs/promises';
import { loadFigure, type FigureName } from '../src/components/figures/figures.ts';
import { lightTokens, resolveTokens } from '../src/components/figures/lightTokens.ts';
import { standaloneSvg } from '../src/components/figures/standaloneSvg.ts';
import { exampleSvg, pixelCss } from './exampleSvg.ts';
import type { Answers } from './reportNumbers.ts';

const source = (path: string) => readFile(new URL(`../src/${path}`, import.meta.url), 'utf8');

/**
 * The figures by the question that they answer: the attacked image in one step, accuracy against ε, the image in
 * several steps, accuracy against ε.
 *
 * @param root folder that holds `results/`
 */
export async function handInFigures(answers: Answers, root: string): Promise<Record<string, string>> {
  const css = await source('components/figures/charts.css');
  const tokens = lightTokens(await source('site/styles/tokens.css')).set('--paper', '#fff');
  const pixels = resolveTokens(css + pixelCss, tokens);
  const chart = async (name: FigureName) =>
    standaloneSvg((await loadFigure(name, { root })).svg('wide'), { css, tokens });
  return {
    'question-1': exampleSvg(answers.fgsmExample, pixels),
    'question-2': await chart('fgsm-curve'),
    'question-3': exampleSvg(answers.iterativeExample, pixels),
    'question-4': await chart('iterative-curve'),
  };
}
