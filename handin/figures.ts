// The four figures of the hand-in as SVG documents that need no other file.
import { readFile } from 'node:fs/promises';
import { loadFigure } from '../src/components/figures/loadFigure.ts';
import { exampleSvg, pixelCss } from './exampleSvg.ts';
import type { Answers } from './reportNumbers.ts';
import { resolveCss } from './resolveCss.ts';

const source = (path: string) => readFile(new URL(`../src/${path}`, import.meta.url), 'utf8');

/**
 * The figures by the question that they answer: the attacked image in one step, accuracy against ε, the image in
 * several steps, accuracy against ε.
 *
 * @param root folder that holds `results/`
 */
export async function handInFigures(answers: Answers, root: string): Promise<Record<string, string>> {
  const [sheet, tokens] = await Promise.all([
    source('components/figures/figures.css'),
    source('site/styles/tokens.css'),
  ]);
  const css = resolveCss(sheet + pixelCss, tokens, { '--paper': '#fff' });
  const chart = async (name: 'accuracy-fgsm' | 'accuracy-iterative') =>
    withStyle((await loadFigure(name, { root })).xml('wide'), css);
  return {
    'question-1': exampleSvg(answers.fgsmExample, css),
    'question-2': await chart('accuracy-fgsm'),
    'question-3': exampleSvg(answers.iterativeExample, css),
    'question-4': await chart('accuracy-iterative'),
  };
}

/** The drawing with a style sheet as its first element. */
function withStyle(svg: string, css: string): string {
  return `${svg.replace(/^<svg[^>]*>/, (tag) => `${tag}<style>${css}</style>`)}\n`;
}
