// Classifiers small enough that their gradients can be worked by hand, or computed in no time.
import * as tf from '@tensorflow/tfjs-core';
import type { Classifier } from '../attacks/inputGradient.ts';
import { createGenerator } from '../data/generator.ts';

/**
 * A linear classifier z_j = w_j · x.
 *
 * With two classes and label 0 its margin is m = (w₁ − w₀) · x, so ∇m = w₁ − w₀ everywhere.
 *
 * @param weights one row for each class, as many numbers as an image has pixels
 */
export function linearClassifier(weights: number[][]): Classifier {
  return (images) =>
    images
      .reshape<tf.Tensor2D>([images.shape[0], -1])
      .matMul(tf.transpose(tf.tensor2d(weights)))
      .as2D(images.shape[0], weights.length);
}

/**
 * Two logits, z₀ = Σ f(x) and z₁ = 0: with label 0 the margin is m = −Σ f(x), so ∇m = −f′(x).
 */
export function pixelwiseClassifier(f: (images: tf.Tensor4D) => tf.Tensor): Classifier {
  return (images) => {
    const first = f(images).reshape([images.shape[0], -1]).sum(1, true);
    return tf.concat([first, tf.zerosLike(first)], 1) as tf.Tensor2D;
  };
}

/** A seeded network of one hidden layer, for images of `pixels` pixels: relu(x · A) · B, 3 classes. */
export function tinyNetwork(seed: number, pixels: number): Classifier {
  const generator = createGenerator(seed);
  const draw = (rows: number, columns: number) =>
    Float32Array.from({ length: rows * columns }, () => generator.uniform(-1, 1));
  const [a, b] = [draw(pixels, 8), draw(8, 3)];
  return (images) =>
    images
      .reshape<tf.Tensor2D>([images.shape[0], pixels])
      .matMul(tf.tensor2d(a, [pixels, 8]))
      .relu()
      .matMul(tf.tensor2d(b, [8, 3]))
      .as2D(images.shape[0], 3);
}
