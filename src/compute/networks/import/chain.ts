// A network under construction, out of operations as files have them, one after the other.
import { CLASSES, IMAGE_SHAPE, PIXELS } from '../../data/shape.ts';
import { layerShapes, parameterCount, size, type Layer, type Weights } from '../layers.ts';
import { list, type NumberArray } from './array.ts';
import { sameOrder, type FileOrder } from './fileOrder.ts';
import type { Growth } from './fitWindow.ts';
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

/** A layer without its name. */
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
