// The backends on which a build can run; the packages that bring TensorFlow are optional peers of the project, found where
// they are installed.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Backends on which a build can run: CUDA through TensorFlow, TensorFlow on the processor, the embedded default. */
export type BackendName = 'gpu' | 'tensorflow' | 'wasm';

/** Who computed a number. */
export interface BackendIdentity {
  name: BackendName;
  /** Whatever changes numbers: kind of backend, versions, kernels. */
  identity: string;
  /** What it really runs on, as the backend itself reports. */
  device: string;
}

/** The package of each backend that is installed by choice. */
export const backendPackages = {
  gpu: '@tensorflow/tfjs-node-gpu',
  tensorflow: '@tensorflow/tfjs-node',
} as const;

/**
 * Arguments with which npm installs an optional peer of the project, leaving package.json and the lock file alone.
 * Without `--save-prod` npm takes it for a peer that nobody needs: it installs nothing and says nothing.
 */
export const installOptional = ['install', '--no-save', '--save-prod'] as const;

/** Folder of an installed package as this project sees it; undefined if it is not installed. */
export function findPackage(name: string, from = import.meta.dirname): string | undefined {
  const folder = join(from, 'node_modules', name);
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(from);
  return parent === from ? undefined : findPackage(name, parent);
}
