// Convolutions, dense layers, and what is folded into them.
import type { NumberArray } from './array.ts';
import { add, begin, flatten, type Chain } from './chain.ts';
import { checkImages, list, perChannel, rowsInOrder, type ImageAxes } from './fileOrder.ts';
import { fitWindow, grow, type FileWindow, type Growth } from './fitWindow.ts';
import { leave } from './otherLayers.ts';
import { check } from './refusal.ts';

/** A convolution with a kernel `[height, width, channels, outputs]`. */
export function conv(
  chain: Chain,
  where: string,
  {
    kernel,
    bias,
    axes,
    ...window
  }: { kernel: NumberArray; bias?: Float64Array | undefined; axes: ImageAxes } & Omit<FileWindow, 'size'>,
): void {
  begin(chain, where, true);
  const { padding, shape, order, notes } = chain;
  checkImages(where, order, shape, axes);
  const rowsAndColumns = axes === 'channelsLast' ? [0, 1] : [1, 2];
  const [channels] = padding?.filter((_, axis) => !rowsAndColumns.includes(axis)) ?? [];
  check(!channels?.some((n) => n > 0), where, 'it follows a padding of channels, expected rows and columns');
  const extra = rowsAndColumns.map((axis): Growth => padding?.[axis] ?? [0, 0]);
  const fits = kernel.shape.length === 4 && kernel.shape[2] === shape[2];
  check(fits, where, `a kernel of ${list(kernel.shape)}, expected one for ${shape[2]} channels`);
  const { growth, counts, ...fit } = fitWindow(where, { ...window, size: kernel.shape }, shape, {
    mayGrow: true,
    extra,
  });
  const grown = grow(kernel, growth);
  if (grown !== kernel) notes.add('A window was enlarged by zeros: the file pads as TensorFlow does not.');
  const [rows, columns, , outputs] = grown.shape as [number, number, number, number];
  const linear = { kernel: grown, bias: biasOf(where, bias, outputs) };
  const kind = { kind: 'conv', channels: outputs, size: [rows, columns], ...fit } as const;
  add(chain, where, 'conv', { ...kind, size: [rows, columns] }, [...counts, outputs], linear);
  chain.padding = undefined;
  leave(chain, axes);
}

/** A dense layer with a kernel `[inputs, outputs]`, its rows in the file's order. */
export function dense(chain: Chain, where: string, kernel: NumberArray, bias?: Float64Array): void {
  begin(chain, where);
  const { order } = chain;
  const fits = kernel.shape.length === 2 && order.shape.join() === String(kernel.shape[0]);
  check(
    fits,
    where,
    `a kernel of ${list(kernel.shape)} on an input of ${list(order.shape)}, expected them to fit`,
  );
  const outputs = kernel.shape[1]!;
  const values = rowsInOrder(kernel.values, outputs, order);
  addDense(chain, where, { ...kernel, values }, biasOf(where, bias, outputs));
  chain.order = { shape: chain.shape };
}

/**
 * x ↦ factor · x + offset, numbers that broadcast to the file's `[batch, …]`: folded into the linear layer before it,
 * a scale layer, or a linear layer of its own.
 *
 * @param what its name in the notes
 */
export function affine(
  chain: Chain,
  where: string,
  {
    factor,
    offset,
    what = 'A scale of channels',
  }: { factor: NumberArray; offset: NumberArray; what?: string },
): void {
  begin(chain, where);
  const { shape, order, steps, notes } = chain;
  const [factors, offsets] = [factor, offset].map((array) => perChannel(array, order, shape.at(-1)!));
  const found = `constants of ${list(factor.shape)} and ${list(offset.shape)} on ${list(order.shape)}`;
  check(factors && offsets, where, `${found}, expected one number, or one for each channel`);
  const uniform = [factors, offsets].every((values) => values.every((value) => value === values[0]));
  const last = steps.at(-1);
  if (last?.linear) {
    const { kernel, bias } = last.linear;
    const values = kernel.values.map((value, i) => value * factors[i % bias.length]!);
    last.linear = { kernel: { ...kernel, values }, bias: bias.map((b, i) => b * factors[i]! + offsets[i]!) };
    if (!factors.every((value) => value === 1)) notes.add(`${what} was folded into the layer before it.`);
  } else if (uniform) {
    const before = last?.layer.kind === 'scale' ? last.layer : { factor: 1, offset: 0 };
    if (last?.layer.kind === 'scale') steps.pop();
    const numbers = {
      factor: before.factor * factors[0]!,
      offset: before.offset * factors[0]! + offsets[0]!,
    };
    add(chain, where, 'scale', { kind: 'scale', ...numbers }, shape);
  } else {
    notes.add(`${what} became a layer of its own, as no linear layer stands before it.`);
    addDiagonal(chain, where, factors, offsets);
  }
}

/** The numbers of a batch normalisation, one of each for a channel. */
export type Normalisation = Readonly<Record<'mean' | 'variance' | 'gamma' | 'beta', NumberArray>>;

/**
 * Batch normalisation with the statistics of training, (x − mean) / √(variance + ε) · γ + β.
 *
 * @param axis of one image in the file that has the channels
 */
export function normalise(
  chain: Chain,
  where: string,
  numbers: Normalisation,
  epsilon: number,
  axis: number,
): void {
  const { mean, variance, gamma, beta } = numbers;
  const ones = chain.order.shape.slice(axis + 1).map(() => 1);
  const along = (values: Float64Array) => ({ shape: [values.length, ...ones], values });
  const factor = gamma.values.map((value, i) => value / Math.sqrt(variance.values[i]! + epsilon));
  const offset = beta.values.map((value, i) => value - mean.values[i]! * factor[i]!);
  affine(chain, where, { factor: along(factor), offset: along(offset), what: 'Batch normalisation' });
}

function addDense(chain: Chain, where: string, kernel: NumberArray, bias: Float64Array): void {
  flatten(chain, where);
  const units = bias.length;
  add(chain, where, 'dense', { kind: 'dense', units }, [units], { kernel, bias });
}

/** A layer of its own that scales each channel, or each number of a vector. */
function addDiagonal(chain: Chain, where: string, factors: Float64Array, offsets: Float64Array): void {
  const count = factors.length;
  check(count <= 1_000, where, `${count} factors and no linear layer before, expected up to 1,000`);
  const values = new Float64Array(count ** 2);
  for (let i = 0; i < count; i++) values[i * (count + 1)] = factors[i]!;
  const vector = chain.shape.length === 1;
  const kernel = { shape: vector ? [count, count] : [1, 1, count, count], values };
  if (vector) {
    addDense(chain, where, kernel, offsets);
    return;
  }
  const window = { channels: count, size: [1, 1], strides: [1, 1], padding: 'valid' } as const;
  add(chain, where, 'conv', { kind: 'conv', ...window, size: [1, 1], strides: [1, 1] }, chain.shape, {
    kernel,
    bias: offsets,
  });
}

function biasOf(where: string, bias: Float64Array | undefined, outputs: number): Float64Array {
  check(!bias || bias.length === outputs, where, `${bias?.length} biases, expected ${outputs}`);
  return bias ?? new Float64Array(outputs);
}
