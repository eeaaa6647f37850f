import * as tf from '@tensorflow/tfjs-core';
import { crossEntropy } from '../crossEntropy.ts';
import { argmax, countEqual } from '../../statistics.ts';
import { applyLayers, weightTensors } from '../forward.ts';
import type { Layer, Weights } from '../layers.ts';
import { rowsOf } from '../predict.ts';

/** Sums over the images of one shard. */
export interface ShardSums {
  loss: number;
  correct: number;
}

/**
 * Gradients of the summed cross-entropy with respect to the weights, for one shard.
 *
 * @param images `[shard, 28, 28, 1]` as floats, one after the other
 * @param labels true classes, `[shard]`
 * @param target where the gradients go, one weight after the other, overwritten
 * @throws if the loss is not finite
 */
export function shardGradients(
  layers: readonly Layer[],
  weights: Weights,
  images: Float32Array,
  labels: Uint8Array,
  target: Float32Array,
): ShardSums {
  const tensors = weightTensors(layers, weights);
  const x = tf.tensor4d(images, [labels.length, 28, 28, 1]);
  const y = tf.tensor1d(Int32Array.from(labels), 'int32');
  let logits: tf.Tensor2D | undefined;
  const { value, grads } = tf.valueAndGrads((...current: tf.Tensor[]) => {
    logits = tf.keep(applyLayers(layers, current, x));
    return crossEntropy(logits, y);
  })(tensors);
  let offset = 0;
  for (const gradient of grads) {
    target.set(gradient.dataSync(), offset);
    offset += gradient.size;
  }
  const loss = value.dataSync()[0]!;
  if (!Number.isFinite(loss)) throw new RangeError(`loss is not finite: ${loss}; lower the learning rate`);
  const predicted = rowsOf(logits!).map((row) => argmax(row));
  tf.dispose([tensors, x, y, grads, value, logits!]);
  return { loss, correct: countEqual(predicted, labels) };
}
