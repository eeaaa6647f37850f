// The backends that this machine has.
import * as tf from '@tensorflow/tfjs-core';
import { backendPackages, findPackage } from '../../src/compute/backend/backends.ts';
import { startTensorflow } from '../../src/compute/backend/startTensorflow.ts';
import { startWasmBackend } from '../../src/compute/backend/wasm/startWasmBackend.ts';

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
        await startTensorflow(name);
      },
    }));
}

/** Every backend that can run here: two come with the project, those of TensorFlow are installed by choice. */
export function presentBackends(): PresentBackend[] {
  return [
    {
      name: 'cpu',
      start: async () => {
        await startWasmBackend();
        await tf.setBackend('cpu');
      },
    },
    {
      name: 'wasm',
      start: startWasmBackend,
    },
    // Both TensorFlow packages bring the same native library, of which a process holds one.
    ...tensorflowBackends().slice(0, 1),
  ];
}
