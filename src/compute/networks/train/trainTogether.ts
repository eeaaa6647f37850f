// Synchronous data-parallel training. A batch is a fixed number of logical shards; each worker computes
// the gradients of its shards, waits for the others, then sums all shards in the same order and takes
// the same step, so that the weights are the same bits however many workers there are.
import type { Options } from '../../options.ts';
import { createGenerator } from '../../data/generator.ts';
import type { Training } from '../../results/schemas.ts';
import { createAdam } from './adam.ts';
import { attackShard, attackValidation } from './attackShard.ts';
import { fillBatch, planEpoch, type EpochPlan } from './batches.ts';
import { initialWeights } from './initialWeights.ts';
import { PIXELS } from '../../data/shape.ts';
import { parameterCount, weightSpecs, type Layer, type Weights } from '../layers.ts';
import { shardGradients } from './shardGradients.ts';
import type { TrainingMemory } from './trainingMemory.ts';
import { validate } from './validate.ts';

/** One worker's place among those that train together. */
export interface TrainingWorker {
  worker: number;
  workers: number;
  /** Returns once every worker has called it. */
  barrier: () => void;
  /** Called after each step. */
  onProgress?: ((progress: TrainingProgress) => void) | undefined;
}

/** How far a training is: the epoch at work and the images seen so far. */
export interface TrainingProgress {
  epoch: number;
  images: number;
}

/** What is trained, from what and against what. */
export interface TrainingPlan extends Pick<Options, 'training'> {
  seeds: Pick<Options['seeds'], 'initialWeights' | 'training'>;
  /** Weights to begin with, in place of seeded ones. */
  initial?: Weights | undefined;
  /** Train on perturbed images. */
  adversary?: Options['defence']['adversary'] | undefined;
}

/** What training leaves behind; the same for every worker. */
export interface Trained {
  weights: Weights;
  /** With an adversary, the accuracy in training is that on the perturbed images. */
  epochs: (Training['epochs'][number] & Partial<ReturnType<typeof attackValidation>>)[];
}

/**
 * Trains the network with Adam and a learning rate that falls linearly to 0 over all steps.
 *
 * Each epoch is a fresh permutation in whole batches; a remainder smaller than a batch is left out. With an adversary each shard
 * is perturbed before its gradients are taken, within an ε that grows linearly over the first epochs.
 *
 * @throws if the batch does not split evenly into shards, there is not one whole batch, or a loss is not finite
 */
export function trainTogether(
  layers: readonly Layer[],
  memory: TrainingMemory,
  { training, seeds, initial, adversary }: TrainingPlan,
  { worker, workers, barrier, onProgress }: TrainingWorker,
): Trained {
  const { batchSize, shards, epochs, images, learningRate, maxShift } = training;
  const shardSize = batchSize / shards;
  if (!Number.isInteger(shardSize)) {
    throw new RangeError(`invalid shards: ${shards}, expected a divisor of the batch size ${batchSize}`);
  }
  if (images < batchSize) {
    throw new RangeError(`invalid images: ${images}, expected at least one batch of ${batchSize}`);
  }
  const parameters = parameterCount(weightSpecs(layers));
  const own = (unit: number) => unit % workers === worker;
  const weights = initial?.map((values) => values.slice()) ?? initialWeights(layers, seeds.initialWeights);
  const update = createAdam(weights, training);
  const generator = createGenerator(seeds.training);
  const starts = createGenerator(adversary?.seed ?? 0);
  const batches = Math.floor(images / batchSize);
  const steps = epochs * batches;
  const pixels = new Float32Array(shardSize * PIXELS);
  const mean = weights.map(({ length }) => new Float32Array(length));
  const rows: Trained['epochs'] = [];

  let step = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const plan = planEpoch(generator, images, maxShift);
    const sums = { loss: 0, correct: 0 };
    let rate = 0;
    for (let batch = 0; batch < batches; batch++, step++) {
      const half = step % 2;
      for (let shard = 0; shard < shards; shard++) {
        const seed = starts.integer(0, 0x7fffffff);
        if (!own(shard)) continue;
        const start = batch * batchSize + shard * shardSize;
        fillBatch(plan, memory.images, start, pixels);
        const labels = labelsOf(plan, memory, start, shardSize);
        if (adversary) {
          const grown = Math.min(1, (step + 1) / (adversary.rampEpochs * batches));
          const { epsilon, stepSize } = adversary;
          attackShard({ layers, weights }, pixels, labels, { epsilon: grown * epsilon, stepSize, seed });
        }
        const slot = half * shards + shard;
        const target = memory.gradients.subarray(slot * parameters, (slot + 1) * parameters);
        const { loss, correct } = shardGradients(layers, weights, pixels, labels, target);
        memory.shardSums.set([loss, correct], 2 * slot);
      }
      barrier();
      rate = learningRate * (1 - step / steps);
      meanGradients(memory, half, shards, batchSize, mean);
      update(weights, mean, rate);
      for (let shard = 0; shard < shards; shard++) {
        sums.loss += memory.shardSums[2 * (half * shards + shard)]!;
        sums.correct += memory.shardSums[2 * (half * shards + shard) + 1]!;
      }
      onProgress?.({ epoch, images: (step + 1) * batchSize });
    }
    const seen = batches * batchSize;
    const validation = validate(memory, { layers, weights }, training, own, barrier);
    rows.push({
      epoch,
      learningRate: rate,
      loss: sums.loss / seen,
      accuracy: sums.correct / seen,
      validationLoss: validation.loss,
      validationAccuracy: validation.accuracy,
      ...(adversary && attackValidation(memory, { layers, weights }, training, adversary, own, barrier)),
    });
  }
  return { weights, epochs: rows };
}

function labelsOf(
  { order }: EpochPlan,
  { labels }: TrainingMemory,
  start: number,
  count: number,
): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => labels[order[start + i]!]!);
}

function meanGradients(
  { gradients }: TrainingMemory,
  half: number,
  shards: number,
  batchSize: number,
  target: Float32Array[],
): void {
  const parameters = target.reduce((sum, { length }) => sum + length, 0);
  let offset = half * shards * parameters;
  for (const mean of target) {
    for (let j = 0; j < mean.length; j++) {
      let sum = 0;
      for (let shard = 0; shard < shards; shard++) sum += gradients[offset + shard * parameters + j]!;
      mean[j] = sum / batchSize;
    }
    offset += mean.length;
  }
}
