// Memory that the workers of a data-parallel training share. All of it is addressed by logical
// shard, never by worker: who computed a shard leaves no trace in the result.
import { parameterCount, weightSpecs, type Layer } from '../layers.ts';

/** Images of one slice of the validation set. */
export const VALIDATION_SLICE = 250;

/** Images, labels, and the sums that the workers exchange. */
export interface TrainingMemory {
  /** Bytes, 784 for each image: those trained on, then those validated on. */
  images: Uint8Array;
  labels: Uint8Array;
  /** Summed gradients of each shard, twice: a step writes one half while the other may still be read. */
  gradients: Float32Array;
  /** Summed loss and count of correct images of each shard, twice. */
  shardSums: Float64Array;
  /** Summed loss and count of correct images of each slice of the validation set. */
  validationSums: Float64Array;
}

/** Allocates shared memory and copies the images in, unless they are shared already. */
export function createTrainingMemory(
  layers: readonly Layer[],
  images: Uint8Array,
  labels: Uint8Array,
  { shards, validationImages }: { shards: number; validationImages: number },
): TrainingMemory {
  const parameters = parameterCount(weightSpecs(layers));
  const slices = Math.ceil(validationImages / VALIDATION_SLICE);
  return {
    images: shared(images),
    labels: shared(labels),
    gradients: new Float32Array(new SharedArrayBuffer(4 * 2 * shards * parameters)),
    shardSums: new Float64Array(new SharedArrayBuffer(8 * 2 * shards * 2)),
    validationSums: new Float64Array(new SharedArrayBuffer(8 * slices * 2)),
  };
}

function shared(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer) return bytes;
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
