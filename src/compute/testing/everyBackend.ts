// One body of tests, run on each backend that comes with the project.
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe } from 'vitest';
import { startWasmBackend } from '../backend/wasm/startWasmBackend.ts';

/** Runs a body of tests on the CPU backend and on the WASM backend. */
export function everyBackend(name: string, body: (backend: 'cpu' | 'wasm') => void): void {
  describe.each(['cpu', 'wasm'] as const)(`${name} on %s`, (backend) => {
    beforeAll(async () => {
      await startWasmBackend();
      await tf.setBackend(backend);
    });
    body(backend);
  });
}
