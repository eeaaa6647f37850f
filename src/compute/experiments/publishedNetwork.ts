// The network that the report is about, as the build published it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Network } from '../networks/layers.ts';
import { resultPath } from '../results/files.ts';
import { readResult } from '../results/readResult.ts';
import { resultsRoot } from '../results/root.ts';
import type { Imported } from '../results/schemas.ts';
import { readNetwork } from './stage.ts';

/** What the build wrote of a network out of a file; undefined of one that it trained. */
export async function importedNetwork({ root = resultsRoot } = {}): Promise<Imported | undefined> {
  return existsSync(join(root, resultPath('imported'))) ? readResult('imported', { root }) : undefined;
}

/** The published network. */
export function publishedNetwork({ root = resultsRoot } = {}): Promise<Network> {
  return readNetwork({ input: (path) => join(root, path) });
}
