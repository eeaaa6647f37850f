// The weights of a tfjs layers model: a manifest of names and shapes, and files of float32.
import { size } from '../layers.ts';
import type { NumberArray } from './array.ts';
import { fieldsOf, listOf, numbersOf } from './fields.ts';
import { list } from './fileOrder.ts';
import { check } from './refusal.ts';

const again = 'copy the files again, complete';

/**
 * The weights by their paths in the manifest.
 *
 * @param weightFile bytes of a weight file by its name
 * @throws Refusal
 */
export function readWeights(manifest: unknown, weightFile: (name: string) => Uint8Array) {
  const weights = new Map<string, NumberArray>();
  for (const group of listOf(manifest, 'weightsManifest')) {
    const { paths, weights: specs } = fieldsOf(group, 'weightsManifest');
    const names = [...new Set(listOf(paths, 'paths').map(String))];
    const bytes = concatenate(names.map(weightFile));
    let at = 0;
    for (const spec of listOf(specs, 'weights')) {
      const { name, shape: lengths, dtype, quantization } = fieldsOf(spec, 'weights');
      const where = `weights ${String(name)}`;
      const plain = dtype === 'float32' && quantization === undefined;
      check(plain, where, `${String(dtype)}, expected float32 as it is`, 'convert it without quantisation');
      const shape = numbersOf(lengths, where);
      const count = size(shape);
      const inside = shape.every((length) => length >= 0) && at + 4 * count <= bytes.length;
      check(
        inside,
        where,
        `shape ${list(shape)} reaches beyond the ${bytes.length} bytes of its file`,
        again,
      );
      const view = new DataView(bytes.buffer, at, 4 * count);
      const values = Float64Array.from({ length: count }, (_, i) => view.getFloat32(4 * i, true));
      weights.set(String(name), { shape, values });
      at += 4 * count;
    }
    check(
      at === bytes.length,
      'weightsManifest',
      `${at} bytes of weights in files of ${bytes.length}`,
      again,
    );
  }
  return weights;
}

/** Weights of a layer by their last word: conv2d/kernel, model/conv2d/kernel or conv2d/kernel:0. */
export function weightOf(weights: ReadonlyMap<string, NumberArray>, layer: string, part: string) {
  for (const [path, array] of weights) {
    const words = path.replace(/:0$/, '').split('/');
    if (words.pop() === part && words.includes(layer)) return array;
  }
  return undefined;
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
