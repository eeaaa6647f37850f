// Where each result and the model lie under the root of a build.
import type { NetworkName } from './networkNames.ts';
import type { ResultName } from './schemas.ts';

/** Path of a result under the root. */
export function resultPath<Name extends ResultName>(name: Name): `results/${Name}.json` {
  return `results/${name}.json`;
}

/** Paths of a published network under the root. */
export function modelPathsOf<Name extends NetworkName>(name: Name) {
  return { json: `models/${name}/model.json`, weights: `models/${name}/weights.bin` } as const;
}

/** Paths of the report's own network. */
export const modelPaths = modelPathsOf('mnist-cnn');
