// What earlier stages left and later ones read.
import { readFile } from 'node:fs/promises';
import type { Network } from '../networks/layers.ts';
import { readModel } from '../networks/modelFiles.ts';
import { modelPaths, resultPath } from '../results/files.ts';
import type { Evaluation } from '../results/schemas.ts';
import type { StageContext } from './stage.ts';

/** The network that the train stage left. */
export async function readNetwork({ input }: Pick<StageContext, 'input'>): Promise<Network> {
  const json = await readFile(input(modelPaths.json), 'utf8');
  return readModel(json, await readFile(input(modelPaths.weights)), { kind: 'trained' });
}

/** What the evaluate stage left. The build has compared the file's digest with the one that was written. */
export async function readEvaluation({ input }: Pick<StageContext, 'input'>): Promise<Evaluation> {
  return JSON.parse(await readFile(input(resultPath('evaluation')), 'utf8')) as Evaluation;
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
  if (index < 0)
    throw new Error(`no test image of class ${label} is read correctly; take a network that reads some`);
  return index;
}
