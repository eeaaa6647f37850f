// The backends that this machine has.
import * as tf from '@tensorflow/tfjs-core';
import { backendPackages, findPackage } from '../../src/compute/backend/backends.ts';
import { startBackend } from '../../src/compute/backend/startBackend.ts';

/** A backend and how it becomes tfjs's current one. */
export interface PresentBackend {
  name: 'cpu' | 'wasm' | 'tensorflow' | 'gpu';
  start: () => Promise<void>;
}

/** The TensorFlow backends that are installed, the GPU's first. */
export function tensorflowBackends(): PresentBackend[] {
  return (['gpu', 'tensorflow'] as const)
    .filter((name) => findPackage(backendPackages[name]) !== undefined)
    .map((name) => ({
      name,
      start: async () => {
        await startBackend(name);
      },
    }));
}

/** Every backend that can run here: two come with the project, those of TensorFlow are installed by choice. */
export function presentBackends(): PresentBackend[] {
  return [
    {
      name: 'cpu',
      start: async () => {
        await startBackend('wasm');
        await tf.setBackend('cpu');
      },
    },
    {
      name: 'wasm',
      start: async () => {
        await startBackend('wasm');
      },
    },
    // Both TensorFlow packages bring the same native library, of which a process holds one.
    ...tensorflowBackends().slice(0, 1),
  ];
}
