// Convolutions, dense layers, and what is folded into them.
import type { Window } from '../layers.ts';
import { checkImages, list, perChannel, rowsInOrder, sameOrder, type NumberArray } from './array.ts';
import { add, begin, flatten, leave, type Chain } from './chain.ts';
import { fitWindow, grow, type FileWindow, type Growth } from './fitWindow.ts';
import { check } from './refusal.ts';

/** A convolution with a kernel `[height, width, channels, outputs]`. */
export function conv(chain: Chain, kernel: NumberArray, bias: Float64Array | undefined, window: FileWindow) {
  const { axes } = window;
  begin(chain, true);
  checkImages(chain, axes);
  const { where, shape, notes, padding = [none, none, none] } = chain;
  const [rows, columns, channels] = axes === 'channelsLast' ? padding : [...padding.slice(1), padding[0]!];
  const flat = channels!.every((n) => n === 0);
  check(flat, where, 'it follows a padding of channels, expected rows and columns');
  const fits = kernel.shape.length === 4 && kernel.shape[2] === shape[2];
  check(fits, where, `a kernel of ${list(kernel.shape)}, expected one for ${shape[2]} channels`);
  const { growth, ...fit } = fitWindow(where, { ...window, size: kernel.shape }, shape, [rows!, columns!]);
  const grown = grow(kernel, growth);
  if (grown !== kernel) notes.add('A window was enlarged by zeros: the file pads as TensorFlow does not.');
  const [height, width, , outputs] = grown.shape as [number, number, number, number];
  const linear = { kernel: grown, bias: biasOf(where, bias, outputs) };
  add(chain, { kind: 'conv', channels: outputs, size: [height, width], ...fit }, linear);
  chain.padding = undefined;
  leave(chain, axes);
}

const none: Growth = [0, 0];

/** A dense layer with a kernel `[inputs, outputs]`, its rows in the file's order. */
export function dense(chain: Chain, kernel: NumberArray, bias?: Float64Array): void {
  begin(chain);
  const { where, order } = chain;
  const fits = kernel.shape.length === 2 && order.shape.join() === String(kernel.shape[0]);
  const found = `a kernel of ${list(kernel.shape)} on an input of ${list(order.shape)}`;
  check(fits, where, `${found}, expected them to fit`);
  const outputs = kernel.shape[1]!;
  const values = rowsInOrder(kernel.values, outputs, order);
  addDense(chain, { ...kernel, values }, biasOf(where, bias, outputs));
  chain.order = sameOrder(chain.shape);
}

/** Numbers that broadcast to the file's `[batch, …]`. */
export interface Affine {
  factor: NumberArray;
  offset: NumberArray;
}

/**
 * x ↦ factor · x + offset: folded into the linear layer before it, a scale layer, or a linear layer of its own.
 *
 * @param what its name in the notes
 */
export function affine(chain: Chain, { factor, offset }: Affine, what = 'A scale of channels'): void {
  begin(chain);
  const { where, shape, order, steps, notes } = chain;
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
    add(chain, {
      kind: 'scale',
      factor: before.factor * factors[0]!,
      offset: before.offset * factors[0]! + offsets[0]!,
    });
  } else {
    notes.add(`${what} became a layer of its own, as no linear layer stands before it.`);
    addDiagonal(chain, factors, offsets);
  }
}

/**
 * Batch normalisation with the statistics of training, (x − mean) / √(variance + ε) · γ + β, each a number for a channel.
 *
 * @param axis of one image in the file that has the channels
 */
export function normalise(
  chain: Chain,
  { mean, variance, gamma, beta }: Readonly<Record<'mean' | 'variance' | 'gamma' | 'beta', NumberArray>>,
  epsilon: number,
  axis: number,
): void {
  const ones = chain.order.shape.slice(axis + 1).map(() => 1);
  const along = (values: Float64Array) => ({ shape: [values.length, ...ones], values });
  const factor = gamma.values.map((value, i) => value / Math.sqrt(variance.values[i]! + epsilon));
  const offset = beta.values.map((value, i) => value - mean.values[i]! * factor[i]!);
  affine(chain, { factor: along(factor), offset: along(offset) }, 'Batch normalisation');
}

function addDense(chain: Chain, kernel: NumberArray, bias: Float64Array): void {
  flatten(chain);
  add(chain, { kind: 'dense', units: bias.length }, { kernel, bias });
}

/** A layer of its own that scales each channel, or each number of a vector. */
function addDiagonal(chain: Chain, factors: Float64Array, bias: Float64Array): void {
  const count = factors.length;
  check(count <= 1_000, chain.where, `${count} factors and no linear layer before, expected up to 1,000`);
  const values = new Float64Array(count ** 2);
  for (let i = 0; i < count; i++) values[i * (count + 1)] = factors[i]!;
  if (chain.shape.length === 1) {
    addDense(chain, { shape: [count, count], values }, bias);
    return;
  }
  const kernel = { shape: [1, 1, count, count], values };
  const window = { size: [1, 1], strides: [1, 1], padding: 'valid' } satisfies Window;
  add(chain, { kind: 'conv', channels: count, ...window }, { kernel, bias });
}

function biasOf(where: string, bias: Float64Array | undefined, outputs: number): Float64Array {
  check(!bias || bias.length === outputs, where, `${bias?.length} biases, expected ${outputs}`);
  return bias ?? new Float64Array(outputs);
}
