// What workers do in a training: a few images at a time, with the weights of the moment.
import * as tf from '@tensorflow/tfjs-core';
import { pgd, type PgdOptions } from '../../attacks/pgd.ts';
import { argmax, countEqual, lossOf } from '../../statistics.ts';
import { crossEntropy } from '../crossEntropy.ts';
import { applyLayers, imageTensor, rowsOf, weightTensors } from '../forward.ts';
import type { Network } from '../layers.ts';

/** Images with the network that looks at them. */
export interface Shard extends Pick<Network, 'layers' | 'weights'> {
  /** Bytes, or floats in [0, 1], 784 for each image. */
  images: Uint8Array | Float32Array;
  labels: Uint8Array;
  /** The attack that perturbs them first. */
  attack?: PgdOptions | undefined;
}

/** Sums over the images of a shard. */
export interface ShardSums {
  loss: number;
  correct: number;
}

/**
 * Task: gradients of the summed cross-entropy with respect to each of the weights.
 *
 * @throws if the loss is not finite
 */
export function shardGradients(shard: Shard): ShardSums & { gradients: Float32Array[] } {
  return onShard(shard, (weights, images, labels) => {
    let logits: tf.Tensor2D | undefined;
    const { value, grads } = tf.valueAndGrads((...current: tf.Tensor[]) => {
      logits = tf.keep(applyLayers(shard.layers, current, images));
      return crossEntropy(logits, labels);
    })(weights);
    const loss = value.dataSync()[0]!;
    if (!Number.isFinite(loss)) throw new RangeError(`loss is not finite: ${loss}; lower the learning rate`);
    const correct = correctOf(rowsOf(logits!), shard);
    logits!.dispose();
    return { loss, correct, gradients: grads.map((gradient) => gradient.dataSync<'float32'>()) };
  });
}

/** Task: loss and count of correct images without a gradient. */
export function shardSums(shard: Shard): ShardSums {
  return onShard(shard, (weights, images) => {
    const rows = rowsOf(applyLayers(shard.layers, weights, images));
    const loss = rows.reduce((sum, row, i) => sum + lossOf(row, shard.labels[i]!), 0);
    return { loss, correct: correctOf(rows, shard) };
  });
}

function correctOf(logits: number[][], { labels }: Shard): number {
  const read = logits.map((row) => argmax(row));
  return countEqual(read, labels);
}

/** Puts the weights, the images, perturbed if they are to be, and the labels on the backend for the time of one call. */
function onShard<T>(
  { layers, weights, images, labels, attack }: Shard,
  work: (weights: tf.Tensor[], images: tf.Tensor4D, labels: tf.Tensor1D) => T,
): T {
  let result: T | undefined;
  tf.tidy(() => {
    const tensors = weightTensors(layers, weights);
    const [x, y] = [imageTensor(images), tf.tensor1d(Int32Array.from(labels), 'int32')];
    const asked = attack ? pgd((batch) => applyLayers(layers, tensors, batch), x, y, attack) : x;
    result = work(tensors, asked, y);
  });
  return result!;
}
