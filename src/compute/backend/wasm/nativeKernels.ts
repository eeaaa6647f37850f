// Our compiled kernels, bound to the heap of one WASM backend: they take addresses and allocate nothing themselves.
import type * as tf from '@tensorflow/tfjs-core';
import type { WasmBackend } from './wasmKernel.ts';
import { compileKernels } from './compileKernels.ts';

type Address = number;

type Elementwise = (a: Address, b: Address, out: Address, length: number, scalar: boolean) => void;

/** What assembly/index.ts exports. */
export interface NativeKernels {
  conv2D: (
    x: Address,
    filter: Address,
    bias: Address,
    out: Address,
    sizes: Address,
    lowest: number,
    scratch: Address,
  ) => void;
  conv2DScratch: (sizes: Address) => number;
  conv2DBackpropInput: (dy: Address, filter: Address, dx: Address, sizes: Address, scratch: Address) => void;
  conv2DBackpropInputScratch: (sizes: Address) => number;
  conv2DBackpropFilter: (x: Address, dy: Address, dFilter: Address, sizes: Address, scratch: Address) => void;
  conv2DBackpropFilterScratch: (sizes: Address) => number;
  slidingMean: (x: Address, out: Address, sizes: Address, factor: number, scratch: Address) => void;
  slidingMeanScratch: (sizes: Address) => number;
  addBias: (x: Address, bias: Address, out: Address, rows: number, columns: number) => void;
  maximum: Elementwise;
  minimum: Elementwise;
  greater: Elementwise;
  less: Elementwise;
  reluGrad: (dy: Address, x: Address, dx: Address, length: number) => void;
  sumRows: (x: Address, out: Address, rows: number, columns: number) => void;
}

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

const bound = new WeakMap<WasmBackend, NativeKernels>();

/** What emscripten's module has and tfjs's types do not show. */
interface Heap {
  asm: { memory?: unknown };
  _malloc: (bytes: number) => number;
  _free: (address: Address) => void;
}

function heapOf(backend: WasmBackend): Heap {
  return backend.wasm as unknown as Heap;
}

function memoryOf(backend: WasmBackend): WebAssembly.Memory {
  const { memory } = heapOf(backend).asm;
  if (!(memory instanceof WebAssembly.Memory)) {
    throw new Error(
      'the WASM backend shows no memory at wasm.asm.memory: this needs @tensorflow/tfjs-backend-wasm 4.22.0',
    );
  }
  return memory;
}

/** Compiles our kernels, or takes them from the cache, and binds them to the backend's heap. */
export async function bindNativeKernels(backend: WasmBackend): Promise<void> {
  if (bound.has(backend)) return;
  const imports = { env: { memory: memoryOf(backend) } };
  const { exports } = await WebAssembly.instantiate(await compileKernels(), imports);
  bound.set(backend, exports as unknown as NativeKernels);
}

/** The kernels bound to this backend. Throws if there are none. */
export function nativeKernels(backend: WasmBackend): NativeKernels {
  const kernels = bound.get(backend);
  if (!kernels)
    throw new Error('no kernels are bound to this WASM backend: start it with startWasmBackend()');
  return kernels;
}

/** Where a tensor's values are. */
export function addressOf(backend: WasmBackend, x: tf.TensorInfo): Address {
  return backend.getMemoryOffset(x.dataId);
}

function allocate(backend: WasmBackend, bytes: number): Address {
  const address = heapOf(backend)._malloc(bytes) >>> 0;
  if (address === 0) throw new Error(`the WASM heap has no ${bytes} bytes left: use smaller batches`);
  return address;
}

/** Runs a kernel with its sizes and as much scratch as it asks for; both are freed whatever happens. */
export function withScratch(
  backend: WasmBackend,
  sizes: Sizes,
  bytesFor: (sizes: Address) => number,
  run: (sizes: Address, scratch: Address) => void,
): void {
  const at = allocate(backend, sizes.length * 4);
  let scratch = 0;
  try {
    new Int32Array(memoryOf(backend).buffer, at, sizes.length).set(sizes);
    scratch = allocate(backend, bytesFor(at) + LINE);
    run(at, (scratch + LINE) & -LINE);
  } finally {
    heapOf(backend)._free(scratch);
    heapOf(backend)._free(at);
  }
}

/** Sizes of a convolution as tfjs computed them. */
export function sizesOf(info: tf.backend_util.Conv2DInfo): Sizes {
  return [
    ...([info.batchSize, info.inHeight, info.inWidth, info.inChannels] as const),
    ...([info.outHeight, info.outWidth, info.outChannels, info.filterHeight, info.filterWidth] as const),
    ...([info.strideHeight, info.strideWidth, info.padInfo.top, info.padInfo.left] as const),
  ];
}
