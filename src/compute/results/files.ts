// Where each result and the model lie under the root of a build.
import type { ResultName } from './schemas.ts';

/** Path of a result under the root. */
export function resultPath<Name extends ResultName>(name: Name): `results/${Name}.json` {
  return `results/${name}.json`;
}

/** Paths of the published model under the root. */
export const modelPaths = {
  json: 'models/mnist-cnn/model.json',
  weights: 'models/mnist-cnn/weights.bin',
} as const;
