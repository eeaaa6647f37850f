// What a kernel of ours is to tfjs, and what it may run: our compiled code, bound to the heap of the thread's one WASM backend,
// or tfjs's own kernel of the same name, which takes the cases that ours do not handle.
import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { compileKernels } from './compileKernels.ts';

/** What our kernels use of tfjs's WASM backend. */
export type WasmBackend = Pick<
  BackendWasm,
  'disposeData' | 'getMemoryOffset' | 'incRef' | 'makeOutput' | 'wasm'
>;

/** A kernel with inputs named `Inputs`, maybe `More`, and attributes `Attrs`; its result's data belongs to the caller. */
export type WasmKernel<Inputs extends string, Attrs = object, More extends string = never> = (call: {
  inputs: Record<Inputs, tf.TensorInfo> & Partial<Record<More, tf.TensorInfo>>;
  backend: WasmBackend;
  attrs: Attrs;
}) => tf.TensorInfo;

const stock = new Map<string, tf.KernelFunc | undefined>();

/**
 * Returns tfjs's own WASM kernel of that name, `undefined` where tfjs has none. The first call for a name must come
 * before a kernel of ours is registered under it.
 */
export function stockKernel(name: string): tf.KernelFunc | undefined {
  if (!stock.has(name)) {
    const registered = tf.getKernel(name, 'wasm') as tf.KernelConfig | undefined;
    stock.set(name, registered?.kernelFunc);
  }
  return stock.get(name);
}

/** Runs tfjs's own WASM kernel on tensors of the backend; the caller disposes of the result's data. Throws if it is missing. */
export function runStock(
  backend: WasmBackend,
  name: string,
  inputs: Record<string, tf.TensorInfo>,
  attrs: object = {},
): tf.TensorInfo {
  const kernel = stockKernel(name);
  if (!kernel) {
    throw new Error(
      `tfjs has no kernel '${name}' for the WASM backend: the operation cannot run on this backend`,
    );
  }
  return kernel({ inputs, backend, attrs: attrs as tf.NamedAttrMap }) as tf.TensorInfo;
}

/**
 * What assembly/ exports: kernels, which take the addresses of their inputs and of their output, then numbers; those with sizes take
 * the address of these and of scratch memory in between, and `meanPoolScratch` says how many bytes of it `meanPool` needs.
 */
type NativeKernels = Readonly<Record<string, (...values: number[]) => number>>;

/** Sizes of a convolution, in the order of assembly/geometry.ts. */
export type Sizes = readonly number[];

/** Bytes of a cache line; scratch begins on one, so that no packed vector straddles two. */
const LINE = 64;

/** What emscripten's module has and tfjs's types do not show. */
interface Heap {
  asm: { memory: WebAssembly.Memory };
  _malloc: (bytes: number) => number;
  _free: (address: number) => void;
}

let kernels: NativeKernels;

/** Compiles our kernels, or takes them from the cache, and binds them to the heap of the thread's one backend. */
export async function bindNativeKernels(backend: WasmBackend): Promise<void> {
  const imports = { env: { memory: heapOf(backend).asm.memory } };
  const { exports } = await WebAssembly.instantiate(await compileKernels(), imports);
  kernels = exports as NativeKernels;
}

/** Runs a kernel on tensors and numbers; the result, of the given shape and type, belongs to the caller. Inputs left out are at 0. */
export function runNative(
  backend: WasmBackend,
  name: string,
  inputs: readonly (tf.TensorInfo | undefined)[],
  shape: number[],
  numbers: readonly number[],
  dtype: 'float32' | 'bool' = 'float32',
): tf.TensorInfo {
  const out = backend.makeOutput(shape, dtype);
  kernels[name]!(...addresses(backend, [...inputs, out]), ...numbers);
  return out;
}

/** Runs a kernel with sizes and as much scratch as it asks for, which are freed whatever happens. See {@link runNative}. */
export function runSized(
  backend: WasmBackend,
  name: string,
  inputs: readonly (tf.TensorInfo | undefined)[],
  shape: number[],
  sizes: Sizes,
  numbers: readonly number[] = [],
): tf.TensorInfo {
  const out = backend.makeOutput(shape, 'float32');
  const at = allocate(backend, sizes.length * 4);
  let scratch = 0;
  try {
    new Int32Array(heapOf(backend).asm.memory.buffer, at, sizes.length).set(sizes);
    scratch = allocate(backend, kernels[`${name}Scratch`]!(at) + LINE);
    kernels[name]!(...addresses(backend, [...inputs, out]), at, (scratch + LINE) & -LINE, ...numbers);
  } finally {
    heapOf(backend)._free(scratch);
    heapOf(backend)._free(at);
  }
  return out;
}

/** Sizes of a convolution as tfjs computed them. */
export function sizesOf(info: tf.backend_util.Conv2DInfo): Sizes {
  return [
    ...[info.batchSize, info.inHeight, info.inWidth, info.inChannels],
    ...[info.outHeight, info.outWidth, info.outChannels, info.filterHeight, info.filterWidth],
    ...[info.strideHeight, info.strideWidth, info.padInfo.top, info.padInfo.left],
  ];
}

function addresses(backend: WasmBackend, tensors: readonly (tf.TensorInfo | undefined)[]): number[] {
  return tensors.map((tensor) => (tensor ? backend.getMemoryOffset(tensor.dataId) : 0));
}

function allocate(backend: WasmBackend, bytes: number): number {
  const address = heapOf(backend)._malloc(bytes) >>> 0;
  if (address === 0) throw new Error(`the WASM heap has no ${bytes} bytes left: use smaller batches`);
  return address;
}

function heapOf(backend: WasmBackend): Heap {
  return backend.wasm as unknown as Heap;
}
