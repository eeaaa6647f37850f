import { readFile } from 'node:fs/promises';
import { weightsFromBytes } from '../networks/modelFiles.ts';
import type { Weights } from '../networks/weights.ts';
import { modelPaths } from '../results/files.ts';
import type { StageContext } from '../build/stage.ts';

/** The weights that the train stage left. */
export async function readWeights({ input }: StageContext): Promise<Weights> {
  return weightsFromBytes(await readFile(input(modelPaths.weights)));
}
