// What earlier stages left and later ones read.
import { readFile } from 'node:fs/promises';
import type { Network } from '../networks/layers.ts';
import { readModel } from '../networks/modelFiles.ts';
import { modelPathsOf, resultPath } from '../results/files.ts';
import type { NetworkName } from '../results/networkNames.ts';
import type { Evaluation, Result, ResultName } from '../results/schemas.ts';

interface Inputs {
  input: (path: string) => string;
}

/** A network that an earlier stage left; the report's own if no name is given. */
export async function readNetwork({ input }: Inputs, name: NetworkName = 'mnist-cnn'): Promise<Network> {
  const { json, weights } = modelPathsOf(name);
  return readModel(await readFile(input(json), 'utf8'), await readFile(input(weights)));
}

/** A result that an earlier stage left. The build has compared the file's digest with the one that was written. */
export async function readInput<Name extends ResultName>(
  { input }: Inputs,
  name: Name,
): Promise<Result<Name>> {
  return JSON.parse(await readFile(input(resultPath(name)), 'utf8')) as Result<Name>;
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
