// TensorFlow through Node's binding. The packages are optional: they bring hundreds of megabytes and, for CUDA, need a
// driver, so they are imported only when they are asked for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { backendPackages, findPackage, installOptional, type BackendIdentity } from './backends.ts';
import { fusedGradients } from './fusedGradients.ts';

/**
 * Makes TensorFlow tfjs's current backend.
 *
 * @param name name of the backend: `gpu` or `tensorflow`
 * @returns its identity, with the device that TensorFlow itself reports
 * @throws if the package is not installed or does not load, with the way out
 */
export async function startTensorflow(name: keyof typeof backendPackages): Promise<BackendIdentity> {
  const packageName = backendPackages[name];
  const folder = findPackage(packageName);
  if (folder === undefined) {
    const install =
      name === 'gpu' ? 'npm run setup:gpu' : `npm ${installOptional.join(' ')} ${packageName}@4.22.0`;
    throw new Error(
      `backend ${name}: the package ${packageName} is not installed; run \`${install}\` or use \`--backend wasm\``,
    );
  }
  // TensorFlow's own log: warnings and errors only.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  try {
    await import(packageName);
    if (!(await tf.setBackend('tensorflow'))) throw new Error('tfjs could not start it');
    await tf.ready();
  } catch (error) {
    const diagnosis =
      name === 'gpu' ? 'npm run setup:gpu' : `npm rebuild --foreground-scripts ${packageName}`;
    throw new Error(
      `backend ${name}: ${packageName} is installed but does not load (${firstLine(error)}); ` +
        `run \`${diagnosis}\`, which says what is missing, or use \`--backend wasm\``,
      { cause: error },
    );
  }
  fusedGradients.forEach(tf.registerGradient);
  const { isUsingGpuDevice, binding } = tf.backend() as unknown as {
    isUsingGpuDevice: boolean;
    binding: { TF_Version?: string };
  };
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return {
    name,
    identity: `${packageName} ${version}, TensorFlow ${binding.TF_Version ?? 'of unknown version'}`,
    device: isUsingGpuDevice ? 'GPU (CUDA)' : 'CPU (TensorFlow)',
  };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.trim();
}
