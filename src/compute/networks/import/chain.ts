// A network under construction, out of operations as files have them, one after the other: its beginning and end, and the operations
// without weights.
import { CLASSES, IMAGE_SHAPE, PIXELS } from '../../data/shape.ts';
import { layerShapes, parameterCount, size, type Layer, type Weights } from '../layers.ts';
import {
  checkImages,
  list,
  orderOf,
  sameOrder,
  transposedPlaces,
  type FileOrder,
  type ImageAxes,
  type NumberArray,
} from './array.ts';
import { fitWindow, type FileWindow, type Growth } from './fitWindow.ts';
import { check } from './refusal.ts';

/** A layer with weights in float64 until the chain ends. */
interface Step {
  layer: Layer;
  linear?: { kernel: NumberArray; bias: Float64Array } | undefined;
}

/** What the operations so far amount to. */
export interface Chain {
  /** The layer or node that is being read, for refusals. */
  where: string;
  steps: Step[];
  /** What was folded, left out or put in another order, in sentences. */
  notes: Set<string>;
  /** Shape of one image here, and the order of its numbers in the file. */
  shape: readonly number[];
  order: FileOrder;
  /** Padding that waits for a convolution, before and after each axis in the file. */
  padding?: readonly Growth[] | undefined;
  /** Where the final softmax was. */
  softmax?: string;
}

const limits = { parameters: 4_000_000, layers: 200, numbers: 1_000_000 };
const smaller = 'take a smaller network';

/**
 * A chain that begins with images. All operations on it throw a Refusal if they do what the project's layers cannot.
 *
 * @param inputShape of one image in the file: [28, 28, 1], [1, 28, 28], [28, 28] or [784]
 */
export function startChain(inputShape: readonly number[], where: string): Chain {
  const images = [IMAGE_SHAPE, [1, 28, 28], [28, 28], [PIXELS]].map(list);
  check(images.includes(list(inputShape)), where, `shape ${list(inputShape)}, expected ${images.join(', ')}`);
  return { where, steps: [], notes: new Set(), shape: IMAGE_SHAPE, order: sameOrder(inputShape) };
}

/** Called by each operation before it does anything; `padded` by one that takes on the padding before it. */
export function begin({ where, softmax, padding }: Chain, padded = false): void {
  check(softmax === undefined, where, `it follows the softmax ${softmax}, expected that at the end`);
  check(padded || !padding, where, 'it follows a padding, expected a convolution there');
}

/** Adds a layer, named by its kind and a number. */
export function add(chain: Chain, kind: Kind, linear?: Step['linear']): void {
  const { steps, where } = chain;
  const word = kind.kind.endsWith('Pool') ? 'pool' : kind.kind;
  const number = steps.filter(({ layer: { name } }) => name.startsWith(word)).length + 1;
  steps.push({ layer: { name: word === 'flatten' ? word : `${word}${number}`, ...kind }, linear });
  const shapes = layerShapes(steps.map(({ layer }) => layer));
  chain.shape = shapes.at(-1)!.outputShape;
  const parameters = parameterCount(shapes.flatMap(({ weights }) => weights));
  const large = size(chain.shape) > limits.numbers;
  check(steps.length <= limits.layers, where, `more than ${limits.layers} layers`, smaller);
  check(parameters <= limits.parameters, where, 'more than 4 million parameters', smaller);
  check(!large, where, `an output of ${list(chain.shape)}, over a million numbers`, smaller);
}

type Kind = Layer extends infer One ? (One extends Layer ? Omit<One, 'name'> : never) : never;

/** Makes a vector of images. */
export function flatten(chain: Chain): void {
  if (chain.shape.length > 1) add(chain, { kind: 'flatten' });
}

/** The layers and weights, once all operations are there. */
export function endChain(chain: Chain): { layers: Layer[]; weights: Weights } {
  const { padding, order, steps } = chain;
  chain.where = 'output';
  check(!padding, 'output', 'a padding comes last, expected a layer after it');
  const ten = order.shape.join() === String(CLASSES);
  check(ten, 'output', `shape ${list(order.shape)}, expected ten numbers for an image, one a digit`);
  flatten(chain);
  const weights = steps.flatMap(({ layer: { name }, linear }) =>
    linear ? [linear.kernel.values, linear.bias].map((values) => finite(name, values)) : [],
  );
  return { layers: steps.map(({ layer }) => layer), weights };
}

function finite(name: string, values: Float64Array): Float32Array {
  const single = Float32Array.from(values);
  const bad = single.findIndex((value) => !Number.isFinite(value));
  check(bad < 0, `weights of ${name}`, `${single[bad]} at ${bad}, expected finite numbers`, 'train again');
  return single;
}

/** A pool of images. */
export function pool(chain: Chain, kind: 'maxPool' | 'averagePool', window: FileWindow): void {
  begin(chain);
  checkImages(chain, window.axes);
  const { padding, strides } = fitWindow(chain.where, window, chain.shape);
  add(chain, { kind, size: [window.size[0]!, window.size[1]!], strides, padding });
  leave(chain, window.axes);
}

/** Images that a layer leaves in the file's order of axes. */
export function leave(chain: Chain, axes: ImageAxes): void {
  chain.order = orderOf(chain.shape, axes, chain.where);
  if (axes === 'channelsFirst')
    chain.notes.add('The file has channels first: its weights were put in the order here.');
}

/** A function of each number. */
export function activation(chain: Chain, kind: 'relu' | 'tanh' | 'sigmoid'): void {
  begin(chain);
  add(chain, { kind });
}

/** Dropout and noise, whatever the file calls it. */
export function dropout({ notes }: Chain): void {
  notes.add('Dropout was left out: it acts in training alone.');
}

/** A final softmax, of which the logits stay. */
export function softmax(chain: Chain): void {
  begin(chain);
  chain.softmax = chain.where;
  chain.notes.add('The final softmax was left out: attacks work on logits.');
}

/** @param to shape of one image in the file, a length that is free -1: its elements stay where they are */
export function reshape(chain: Chain, to: readonly number[]): void {
  const { where, padding, order } = chain;
  check(!padding, where, 'it follows a padding, expected a convolution there');
  const free = size(order.shape) / size(to.filter((length) => length !== -1));
  const shape = to.map((length) => (length === -1 ? free : length));
  const whole = shape.every((length) => Number.isInteger(length) && length > 0);
  const fits = whole && size(shape) === size(order.shape);
  check(fits, where, `shape ${list(shape)} for ${list(order.shape)}, expected as many numbers`);
  chain.order = { ...order, shape };
}

/** @param axes of one image, from 0 */
export function moveAxes(chain: Chain, axes: readonly number[]): void {
  begin(chain);
  const { shape, places } = chain.order;
  const moved = transposedPlaces(shape, axes, chain.where);
  chain.order = { shape: axes.map((axis) => shape[axis]!), places: moved.map((at) => places[at]!) };
}

/** @param more zeros before and after each axis of one image in the file */
export function pad(chain: Chain, more: readonly Growth[]): void {
  begin(chain, true);
  const { where, order, padding } = chain;
  const fits = more.length === order.shape.length && more.flat().every((n) => Number.isInteger(n) && n >= 0);
  check(fits, where, `a padding of ${more.join(' and ')}, expected whole numbers from 0 on for each axis`);
  chain.padding = more.map(([first, last], axis): Growth => {
    const [already = 0, after = 0] = padding?.[axis] ?? [];
    return [first + already, last + after];
  });
}
