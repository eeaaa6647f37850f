import { readFile } from 'node:fs/promises';
import { resultPath } from '../results/files.ts';
import { parseResult } from '../results/parseResult.ts';
import { evaluationSchema, type Evaluation } from '../results/schema/evaluation.ts';
import type { StageContext } from '../build/stage.ts';

/** What the evaluate stage left. */
export async function readEvaluation({ input }: StageContext): Promise<Evaluation> {
  const path = input(resultPath('evaluation'));
  return parseResult(evaluationSchema, await readFile(path, 'utf8'), path);
}

/**
 * Index of the first test image of a class that the network reads correctly.
 *
 * @throws if there is none
 */
export function firstCorrect(
  { labels, predicted }: Pick<Evaluation, 'labels' | 'predicted'>,
  label: number,
): number {
  const digit = String(label);
  const index = [...labels].findIndex((truth, i) => truth === digit && predicted[i] === digit);
  if (index < 0) throw new Error(`no test image of class ${label} is read correctly; train longer`);
  return index;
}
