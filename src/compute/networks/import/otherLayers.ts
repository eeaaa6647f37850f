// What has no weights: pools, activations, and operations that move numbers.
import { add, begin, type Chain } from './chain.ts';
import { checkImages, orderOf, reshaped, transposed, type ImageAxes } from './fileOrder.ts';
import { fitWindow, type FileWindow, type Growth } from './fitWindow.ts';
import { check } from './refusal.ts';

/** The note on dropout and noise, whichever the file calls it. */
export const DROPOUT_LEFT_OUT = 'Dropout was left out: it acts in training alone.';

/** A pool of images. */
export function pool(
  chain: Chain,
  where: string,
  kind: 'maxPool' | 'averagePool',
  { axes, ...window }: FileWindow & { axes: ImageAxes },
): void {
  begin(chain, where);
  const { shape, order } = chain;
  checkImages(where, order, shape, axes);
  const { padding, strides, counts } = fitWindow(where, window, shape);
  const size: [number, number] = [window.size[0]!, window.size[1]!];
  add(chain, where, 'pool', { kind, size, strides, padding }, [...counts, shape[2]!]);
  leave(chain, axes);
}

/** Images that a layer leaves in the file's order of axes. */
export function leave(chain: Chain, axes: ImageAxes): void {
  chain.order = orderOf(chain.shape, axes);
  if (axes === 'channelsFirst')
    chain.notes.add('The file has channels first: its weights were put in the order here.');
}

/** A function of each number. */
export function activation(chain: Chain, where: string, kind: 'relu' | 'tanh' | 'sigmoid'): void {
  begin(chain, where);
  add(chain, where, kind, { kind }, chain.shape);
}

/** A final softmax, of which the logits stay. */
export function softmax(chain: Chain, where: string): void {
  begin(chain, where);
  chain.softmax = where;
  chain.notes.add('The final softmax was left out: attacks work on logits.');
}

/** @param to shape of one image in the file */
export function reshape(chain: Chain, where: string, to: readonly number[]): void {
  check(!chain.padding, where, 'it follows a padding, expected a convolution there');
  chain.order = reshaped(where, chain.order, to);
}

/** @param axes of one image, from 0 */
export function moveAxes(chain: Chain, where: string, axes: readonly number[]): void {
  begin(chain, where);
  chain.order = transposed(where, chain.order, axes);
}

/** @param more zeros before and after each axis of one image in the file */
export function pad(chain: Chain, where: string, more: readonly Growth[]): void {
  begin(chain, where, true);
  const { shape } = chain.order;
  const fits = more.length === shape.length && more.flat().every((n) => Number.isInteger(n) && n >= 0);
  check(fits, where, `a padding of ${more.join(' and ')}, expected whole numbers from 0 on for each axis`);
  const before = chain.padding;
  chain.padding = more.map(([first, last], axis): Growth => {
    const [already = 0, after = 0] = before?.[axis] ?? [];
    return [first + already, last + after];
  });
}
