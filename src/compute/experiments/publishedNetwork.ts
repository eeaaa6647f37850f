// The network that the report is about, as the build published it.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Network } from '../networks/layers.ts';
import { readModel } from '../networks/modelFiles.ts';
import { modelPaths, resultPath } from '../results/files.ts';
import { readResult } from '../results/readResult.ts';
import { resultsRoot } from '../results/root.ts';
import type { Imported } from '../results/schemas.ts';

/** What the build wrote of a network out of a file; undefined of one that it trained. */
export async function importedNetwork({ root = resultsRoot } = {}): Promise<Imported | undefined> {
  return existsSync(join(root, resultPath('imported'))) ? readResult('imported', { root }) : undefined;
}

/** The published network. */
export async function publishedNetwork({ root = resultsRoot } = {}): Promise<Network> {
  const json = await readFile(join(root, modelPaths.json), 'utf8');
  return readModel(json, await readFile(join(root, modelPaths.weights)));
}
