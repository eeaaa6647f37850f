// What has no weights: pools, activations, and operations that move numbers.
import { size } from '../layers.ts';
import { list, transposedPlaces } from './array.ts';
import { add, begin, type Chain } from './chain.ts';
import { checkImages, orderOf, type ImageAxes } from './fileOrder.ts';
import { fitWindow, type FileWindow, type Growth } from './fitWindow.ts';
import { check } from './refusal.ts';

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
