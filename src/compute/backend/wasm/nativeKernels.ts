// Our compiled kernels, bound to the heap of one WASM backend: they take addresses and allocate nothing themselves.
import type * as tf from '@tensorflow/tfjs-core';
import { compileKernels } from './compileKernels.ts';
import type { WasmBackend } from './wasmKernel.ts';

/** A kernel takes the addresses of its inputs and of its output, then whatever numbers it needs. */
type NativeKernel = (...values: number[]) => void;

/** Kernels that take the address of {@link Sizes} and of scratch memory after that of their output. */
type SizedName =
  | 'conv2D'
  | 'conv2DBackpropInput'
  | 'conv2DBackpropFilter'
  | 'meanPool'
  | 'meanPoolGrad'
  | 'maxPool'
  | 'maxPoolGrad';

type PlainName = 'maximum' | 'minimum' | 'greater' | 'less' | 'reluGrad' | 'sumRows';

/** What assembly/ exports: the kernels, and how many bytes of scratch each needs for sizes at an address. */
export type NativeKernels = Record<SizedName | PlainName, NativeKernel> &
  Record<`${SizedName}Scratch`, (sizes: number) => number>;

/** Sizes of a convolution, in the order of assembly/geometry.ts. */
export type Sizes = [
  batch: number,
  inHeight: number,
  inWidth: number,
  inChannels: number,
  outHeight: number,
  outWidth: number,
  outChannels: number,
  filterHeight: number,
  filterWidth: number,
  strideHeight: number,
  strideWidth: number,
  padTop: number,
  padLeft: number,
];

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
  kernels = exports as unknown as NativeKernels;
}

/** Runs a kernel on tensors and numbers; the result, of the given shape and type, belongs to the caller. Inputs left out are at 0. */
export function runNative(
  backend: WasmBackend,
  name: PlainName,
  inputs: readonly (tf.TensorInfo | undefined)[],
  shape: number[],
  numbers: readonly number[],
  dtype: 'float32' | 'bool' = 'float32',
): tf.TensorInfo {
  const out = backend.makeOutput(shape, dtype);
  kernels[name](...addresses(backend, [...inputs, out]), ...numbers);
  return out;
}

/** Runs a kernel with sizes and as much scratch as it asks for, which are freed whatever happens. See {@link runNative}. */
export function runSized(
  backend: WasmBackend,
  name: SizedName,
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
    scratch = allocate(backend, kernels[`${name}Scratch`](at) + LINE);
    kernels[name](...addresses(backend, [...inputs, out]), at, (scratch + LINE) & -LINE, ...numbers);
  } finally {
    heapOf(backend)._free(scratch);
    heapOf(backend)._free(at);
  }
  return out;
}

/** Sizes of a convolution as tfjs computed them. */
export function sizesOf(info: tf.backend_util.Conv2DInfo): Sizes {
  return [
    ...([info.batchSize, info.inHeight, info.inWidth, info.inChannels] as const),
    ...([info.outHeight, info.outWidth, info.outChannels, info.filterHeight, info.filterWidth] as const),
    ...([info.strideHeight, info.strideWidth, info.padInfo.top, info.padInfo.left] as const),
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
