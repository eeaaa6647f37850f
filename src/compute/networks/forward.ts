// The forward pass of any network and what it says of images: the same for training, attacks, sweeps and the reader's browser.
import * as tf from '@tensorflow/tfjs-core';
import type { Classifier } from '../attacks/inputGradient.ts';
import { CLASSES, PIXELS } from '../data/shape.ts';
import type { Prediction } from '../results/schemas.ts';
import { argmax, softmax } from '../statistics.ts';
import { layerShapes, size, weightSpecs, type Layer, type Network, type Weights } from './layers.ts';
import { averagePool, maxPool } from './pooling.ts';

/**
 * The classifier that a network is, with its weights on the backend.
 *
 * @throws if the layers do not fit each other, do not end in ten logits, or the weights do not fit them or are not finite
 */
export function forward({ layers, weights }: Pick<Network, 'layers' | 'weights'>) {
  const { outputShape } = layerShapes(layers).at(-1) ?? { outputShape: [] };
  if (outputShape.join() !== String(CLASSES)) {
    throw new RangeError(
      `invalid layers: the last one leaves shape [${outputShape.join(', ')}], expected [${CLASSES}]`,
    );
  }
  const tensors = weightTensors(layers, weights);
  return {
    classifier: (images: tf.Tensor4D) => applyLayers(layers, tensors, images),
    dispose: () => tf.dispose(tensors),
  };
}

/**
 * Logits of a batch of images from weights that are on the backend, differentiable with respect to both.
 *
 * @param weights tensors in the order of `weightSpecs`
 * @param images `[batch, 28, 28, 1]`, in [0, 1]
 * @returns `[batch, 10]`
 */
export function applyLayers(layers: readonly Layer[], weights: readonly tf.Tensor[], images: tf.Tensor4D) {
  return tf.tidy(() => {
    const unused = weights.values();
    return layers.reduce<tf.Tensor>(
      (x, layer, i) =>
        isFused(layers, i) ? x : apply(layer, x, () => unused.next().value!, isFused(layers, i + 1)),
      images,
    ) as tf.Tensor2D;
  });
}

/** Whether the layer is a ReLU that the one before it takes on. */
function isFused(layers: readonly Layer[], i: number): boolean {
  const before = layers[i - 1]?.kind;
  return layers[i]?.kind === 'relu' && (before === 'conv' || before === 'dense');
}

function apply(layer: Layer, x: tf.Tensor, nextWeight: () => tf.Tensor, relu: boolean): tf.Tensor {
  const activation = relu ? 'relu' : 'linear';
  switch (layer.kind) {
    case 'conv': {
      const { strides, padding: pad } = layer;
      const inputs = { x, filter: nextWeight(), bias: nextWeight() };
      return fused('FusedConv2D', inputs, { strides, pad, dataFormat: 'NHWC', dilations: 1, activation });
    }
    case 'dense': {
      const inputs = { a: x, b: nextWeight(), bias: nextWeight() };
      return fused('_FusedMatMul', inputs, { transposeA: false, transposeB: false, activation });
    }
    case 'maxPool':
      return maxPool(x as tf.Tensor4D, layer);
    case 'averagePool':
      return averagePool(x as tf.Tensor4D, layer);
    case 'relu':
      return x.relu();
    case 'tanh':
      return tf.tanh(x);
    case 'sigmoid':
      return tf.sigmoid(x);
    case 'flatten':
      return x.reshape([x.shape[0], -1]);
    case 'scale':
      return x.mul(layer.factor).add(layer.offset);
  }
}

/** tfjs's fused operation itself: `tf.fused` fuses ReLU only where no gradient is taken. */
function fused(kernel: string, inputs: Record<string, tf.Tensor>, attributes: object): tf.Tensor {
  return tf.engine().runKernel(kernel, inputs, attributes as tf.NamedAttrMap);
}

/**
 * Moves weights to the backend, in the order of `weightSpecs`.
 *
 * @throws if their number, a length or a value does not fit the layers
 */
export function weightTensors(layers: readonly Layer[], weights: Weights): tf.Tensor[] {
  const specs = weightSpecs(layers);
  if (weights.length !== specs.length) {
    throw new RangeError(`invalid weights: ${weights.length} arrays, expected ${specs.length}`);
  }
  for (const [i, { name, shape }] of specs.entries()) {
    const values = weights[i]!;
    if (values.length !== size(shape)) {
      throw new RangeError(`invalid weight ${name}: ${values.length} values, expected ${size(shape)}`);
    }
    // A plain loop: training checks its weights at every step.
    let bad = 0;
    while (bad < values.length && Number.isFinite(values[bad])) bad++;
    if (bad < values.length) {
      throw new RangeError(`invalid weight ${name}: ${values[bad]} at ${bad}, expected finite values`);
    }
  }
  return specs.map(({ shape }, i) => tf.tensor(weights[i]!, [...shape]));
}

/** Bytes or floats of images, one after the other, as `[count, 28, 28, 1]` in [0, 1]: bytes / 255. */
export function imageTensor(pixels: Uint8Array | Float32Array): tf.Tensor4D {
  if (pixels.length === 0 || pixels.length % PIXELS !== 0) {
    throw new RangeError(`invalid images: ${pixels.length} pixels, expected a multiple of ${PIXELS}`);
  }
  const values = pixels instanceof Float32Array ? pixels : Float32Array.from(pixels, (byte) => byte / 255);
  return tf.tensor4d(values, [pixels.length / PIXELS, 28, 28, 1]);
}

/**
 * Logits and probabilities of each image. Only the logits are read back from the device: each reading waits for all that it has
 * to do.
 *
 * @param images `[batch, 28, 28, 1]`
 * @throws if a logit is not finite, with the image's place in the batch
 */
export function predict(classifier: Classifier, images: tf.Tensor4D): Prediction[] {
  return logitsOf(classifier, images).map((logits) => ({ logits, probabilities: softmax(logits) }));
}

/** Predicted class of each image. Throws like {@link predict}. */
export function predictLabels(classifier: Classifier, images: tf.Tensor4D): Uint8Array {
  return Uint8Array.from(logitsOf(classifier, images), (logits) => argmax(logits));
}

/** The rows of logits `[batch, classes]`. Throws like {@link predict}. */
export function rowsOf(logits: tf.Tensor2D): number[][] {
  const [count, classes] = logits.shape;
  const values = logits.dataSync();
  return Array.from({ length: count }, (_, i) => {
    const row = Array.from(values.subarray(i * classes, (i + 1) * classes));
    if (!row.every(Number.isFinite)) {
      throw new RangeError(`logits are not finite: ${row.join(', ')} for image ${i} of the batch`);
    }
    return row;
  });
}

function logitsOf(classifier: Classifier, images: tf.Tensor4D): number[][] {
  const logits = tf.tidy(() => classifier(images));
  try {
    return rowsOf(logits);
  } finally {
    logits.dispose();
  }
}
