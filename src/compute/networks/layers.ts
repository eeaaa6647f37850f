// The network as a table, from which the weights, the parameter counts, the published topology and
// the page's description of the model are all derived.

/** One layer: what it does and the shape it leaves for one image. */
export interface Layer {
  name: string;
  kind: 'conv' | 'relu' | 'averagePool' | 'flatten' | 'dense';
  outputShape: readonly number[];
  kernel?: readonly number[];
  strides?: number;
  padding?: 'same' | 'valid';
}

/** Shape of one image, `[height, width, channels]`. */
export const IMAGE_SHAPE = [28, 28, 1] as const;

/** Pixels of one image. */
export const PIXELS = 28 * 28;

/** Number of classes, the digits 0 to 9. */
export const CLASSES = 10;

/** The MNIST network of JAX's stax examples with average in place of max pooling, layer by layer. */
export const layers = [
  {
    name: 'conv1',
    kind: 'conv',
    kernel: [8, 8, 1, 16],
    strides: 2,
    padding: 'same',
    outputShape: [14, 14, 16],
  },
  { name: 'relu1', kind: 'relu', outputShape: [14, 14, 16] },
  {
    name: 'pool1',
    kind: 'averagePool',
    kernel: [2, 2],
    strides: 1,
    padding: 'valid',
    outputShape: [13, 13, 16],
  },
  {
    name: 'conv2',
    kind: 'conv',
    kernel: [4, 4, 16, 32],
    strides: 2,
    padding: 'valid',
    outputShape: [5, 5, 32],
  },
  { name: 'relu2', kind: 'relu', outputShape: [5, 5, 32] },
  {
    name: 'pool2',
    kind: 'averagePool',
    kernel: [2, 2],
    strides: 1,
    padding: 'valid',
    outputShape: [4, 4, 32],
  },
  { name: 'flatten', kind: 'flatten', outputShape: [512] },
  { name: 'dense1', kind: 'dense', kernel: [512, 32], outputShape: [32] },
  { name: 'relu3', kind: 'relu', outputShape: [32] },
  { name: 'dense2', kind: 'dense', kernel: [32, 10], outputShape: [10] },
] as const satisfies readonly Layer[];

/** Number of trained parameters of a layer: those of its kernel and one bias for each output channel. */
export function parameterCount({ kind, kernel }: Layer): number {
  if (!kernel || kind === 'averagePool') return 0;
  return kernel.reduce((product, size) => product * size, 1) + kernel[kernel.length - 1]!;
}
