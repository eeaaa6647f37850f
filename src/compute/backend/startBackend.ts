// The ladder of backends in Node: CUDA through TensorFlow where it is installed, else the embedded WASM backend.
import { type BackendIdentity, type BackendName, backendPackages, findPackage } from './backends.ts';

/** A backend by name, or the best that is there. */
export type BackendChoice = BackendName | 'auto';

/** The choices, as on the command line. */
export const backendChoices: readonly BackendChoice[] = ['auto', 'gpu', 'tensorflow', 'wasm'];

/** The backend that a build uses, and what there is to say about it. */
export interface ChosenBackend {
  backend: BackendIdentity;
  notices: string[];
}

/**
 * Finds the backend for a choice; TensorFlow's is started then, WASM's is not.
 *
 * `auto` takes the GPU package if it is installed and loads, else WASM, with a notice that says why not.
 *
 * @throws if a backend is named that cannot run: there is no silent fallback
 */
export async function chooseBackend(choice: BackendChoice): Promise<ChosenBackend> {
  if (!backendChoices.includes(choice)) {
    throw new Error(`unknown backend: '${choice}', expected one of ${backendChoices.join(', ')}`);
  }
  if (choice !== 'auto') return { backend: await identify(choice), notices: [] };
  if (findPackage(backendPackages.gpu) === undefined) return { backend: await identify('wasm'), notices: [] };
  try {
    return { backend: await identify('gpu'), notices: [] };
  } catch (error) {
    const notices = [`The GPU backend is not used: ${(error as Error).message}`];
    return { backend: await identify('wasm'), notices };
  }
}

/** Makes the backend for a choice tfjs's current one, gradients registered. Throws like {@link chooseBackend}. */
export async function startBackend(choice: BackendChoice): Promise<BackendIdentity> {
  const { backend } = await chooseBackend(choice);
  if (backend.name === 'wasm') {
    const { startWasmBackend } = await import('./wasm/startWasmBackend.ts');
    await startWasmBackend();
  }
  return backend;
}

/** Does once what every thread would else do for itself when it starts the backend: WASM's kernels are compiled. */
export async function prepareBackend(name: BackendName): Promise<void> {
  if (name !== 'wasm') return;
  const { compileKernels } = await import('./wasm/compileKernels.ts');
  await compileKernels();
}

/** The module whose code decides the numbers of a backend. */
export function backendEntry(name: BackendName): URL {
  return new URL(name === 'wasm' ? './wasm/startWasmBackend.ts' : './startTensorflow.ts', import.meta.url);
}

async function identify(name: BackendName): Promise<BackendIdentity> {
  if (name === 'wasm') {
    const { wasmBackendIdentity } = await import('./wasm/startWasmBackend.ts');
    return { name, identity: wasmBackendIdentity(), device: 'CPU (WebAssembly SIMD)' };
  }
  const { startTensorflow } = await import('./startTensorflow.ts');
  return startTensorflow(name);
}
