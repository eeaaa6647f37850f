// The ladder of backends in Node: CUDA through TensorFlow where it is installed, else the embedded WASM backend.
import { type BackendIdentity, type BackendName, backendPackages, findPackage } from './backends.ts';

/** A backend by name, or the best that is there. */
export type BackendChoice = BackendName | 'auto';

/** The choices, as on the command line. */
export const backendChoices: readonly BackendChoice[] = ['auto', 'gpu', 'tensorflow', 'wasm'];

/**
 * Finds the backend for a choice, with what there is to say about it; TensorFlow's is started then, WASM's is not.
 *
 * `auto` takes the GPU package if it is installed and loads, else WASM, with a notice that says why not.
 *
 * @throws if a backend is named that cannot run: there is no silent fallback
 */
export async function chooseBackend(choice: BackendChoice) {
  const notices: string[] = [];
  if (choice !== 'auto') return { backend: await identify(choice), notices };
  if (findPackage(backendPackages.gpu) !== undefined) {
    try {
      return { backend: await identify('gpu'), notices };
    } catch (error) {
      notices.push(`The GPU backend is not used: ${(error as Error).message}`);
    }
  }
  return { backend: await identify('wasm'), notices };
}

async function identify(name: BackendName): Promise<BackendIdentity> {
  if (name === 'wasm') {
    const { wasmBackendIdentity } = await import('./wasm/startWasmBackend.ts');
    return { name, identity: wasmBackendIdentity(), device: 'CPU (WebAssembly SIMD)' };
  }
  const { startTensorflow } = await import('./startTensorflow.ts');
  return startTensorflow(name);
}
