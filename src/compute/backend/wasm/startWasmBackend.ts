// Node's embedded default: tfjs's WASM backend (SIMD, one thread) with kernels of our own under the names where tfjs's
// are slow or missing. Works in the main thread and in worker threads, one backend each.
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { fusedGradients } from '../fusedGradients.ts';
import { fusesMultiplyAdd, kernelsHash } from './compileKernels.ts';
import * as kernels from './kernels.ts';
import { bindNativeKernels, stockKernel, type WasmBackend } from './wasmKernel.ts';

/**
 * What the numbers depend on: tfjs's version, its SIMD build, our kernels, and whether they fuse multiply and add, as every
 * processor with a fused form does alike.
 */
export function wasmBackendIdentity(): string {
  const simd = fusesMultiplyAdd() ? 'wasm-simd-fma' : 'wasm-simd';
  return `${simd} tfjs ${version_wasm} kernels ${kernelsHash().slice(0, 12)}`;
}

function registerKernels(): void {
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    if (stockKernel(kernelName)) tf.unregisterKernel(kernelName, 'wasm');
    const kernelFunc = kernel as unknown as tf.KernelFunc;
    tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc });
  }
  fusedGradients.forEach(tf.registerGradient);
}

let started: Promise<void> | undefined;

async function start(): Promise<void> {
  const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(dirname(main) + sep);
  if (!(await tf.setBackend('wasm')))
    throw new Error(`tfjs could not start its WASM backend from ${dirname(main)}`);
  await tf.ready();
  await bindNativeKernels(tf.backend() as unknown as WasmBackend);
  registerKernels();
}

/**
 * Makes the WASM backend tfjs's current one, gradients and our kernels registered; a second call does nothing but make it
 * current again. Throws if the backend does not start.
 */
export async function startWasmBackend(): Promise<void> {
  started ??= start();
  await started;
  await tf.setBackend('wasm');
}
