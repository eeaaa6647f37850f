// Random convolutions for the kernels' property tests, those of the network among them.
import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';

/** A convolution of x [b, h, w, ic] by a filter [kh, kw, ic, oc] into [b, oh, ow, oc]. */
export interface ConvolutionCase {
  x: [number, number, number, number];
  filter: [number, number, number, number];
  dy: number[];
  strides: [number, number];
  pad: 'same' | 'valid' | tf.backend_util.ExplicitPadding;
  seed: number;
}

const upTo = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });
const channels = fc.oneof(upTo(9), fc.constantFrom(4, 8, 12, 16, 20, 32));

const explicit = fc
  .tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.nat(2))
  .map(([t, b, l, r]): tf.backend_util.ExplicitPadding => [
    [0, 0],
    [t, b],
    [l, r],
    [0, 0],
  ]);

/** Convolutions of all sizes up to 14 × 14 pixels, strides to 3, every kind of padding, channels on and off the vector width. */
export const convolutionCases: fc.Arbitrary<ConvolutionCase> = fc
  .record({
    x: fc.tuple(upTo(6), upTo(14), upTo(14), channels),
    filter: fc.tuple(upTo(8), upTo(8), channels),
    strides: fc.tuple(upTo(3), upTo(3)),
    pad: fc.oneof(fc.constantFrom<ConvolutionCase['pad'][]>('same', 'valid'), explicit),
    seed: fc.nat(1000),
  })
  .map(({ x, filter: [height, width, out], ...rest }) => {
    const filter: ConvolutionCase['filter'] = [height, width, x[3], out];
    return { ...rest, x, filter, dy: [] as number[] };
  })
  .map((c) => ({ ...c, dy: tf.backend_util.computeConv2DInfo(c.x, c.filter, c.strides, 1, c.pad).outShape }))
  .filter(({ dy }) => dy.every((size) => size > 0));

/** The network's two convolutions, a batch of 3. */
export const networkConvolutions: ConvolutionCase[] = [
  { x: [3, 28, 28, 1], filter: [8, 8, 1, 16], dy: [3, 14, 14, 16], strides: [2, 2], pad: 'same', seed: 1 },
  { x: [3, 13, 13, 16], filter: [4, 4, 16, 32], dy: [3, 5, 5, 32], strides: [2, 2], pad: 'valid', seed: 2 },
];
