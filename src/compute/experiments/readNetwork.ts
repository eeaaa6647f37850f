import { readFile } from 'node:fs/promises';
import type { Network } from '../networks/layers.ts';
import { readModel } from '../networks/modelFiles.ts';
import { modelPaths } from '../results/files.ts';
import type { StageContext } from '../build/stage.ts';

/** The network that the train stage left. */
export async function readNetwork({ input }: Pick<StageContext, 'input'>): Promise<Network> {
  const json = await readFile(input(modelPaths.json), 'utf8');
  return readModel(json, await readFile(input(modelPaths.weights)), { kind: 'trained' });
}
