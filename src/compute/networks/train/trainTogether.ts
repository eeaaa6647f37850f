// Synchronous data-parallel training. A batch is a fixed number of logical shards, whose gradients are summed in the same
// order wherever they were computed: the weights are the same bits however many workers there are.
import type { PgdOptions } from '../../attacks/pgd.ts';
import type { Options } from '../../options.ts';
import { createGenerator } from '../../data/generator.ts';
import type { Digits } from '../../data/mnist.ts';
import type { Training } from '../../results/schemas.ts';
import { createAdam } from './adam.ts';
import { drawBatch, planEpoch } from './batches.ts';
import { size, weightSpecs, type Layer, type Weights } from '../layers.ts';
import { shardGradients, shardSums, type ShardSums } from './shards.ts';

/** Runs a function of this module's on a worker, or here. */
type Run = <Args, Value>(task: (args: Args) => Value, args: Args) => Promise<Awaited<Value>>;

type Adversary = Options['defence']['adversary'];

/** The digits that a network learns from, and those that it is validated on, cut into slices. */
export interface TrainingDigits extends Digits {
  validation: readonly Digits[];
}

/** What is trained, from what and against what. */
export interface TrainingPlan extends Pick<Options, 'training'> {
  seeds: Pick<Options['seeds'], 'initialWeights' | 'training'>;
  /** Weights to begin with, in place of seeded ones. */
  initial?: Weights | undefined;
  /** Train on perturbed images. */
  adversary?: Adversary | undefined;
}

/** What training leaves behind. */
export interface Trained {
  weights: Weights;
  /** With an adversary, the accuracy in training is that on the perturbed images. */
  epochs: (Training['epochs'][number] & { fgsmAccuracy?: number; pgdAccuracy?: number })[];
}

/**
 * Trains the network with Adam and a learning rate that falls linearly to 0 over all steps.
 *
 * Each epoch is a fresh permutation in whole batches; a remainder smaller than a batch is left out. With an adversary each shard
 * is perturbed before its gradients are taken, by one step from a random start within an ε that grows linearly over the first
 * epochs: Wong, Rice, Kolter, "Fast is better than free: revisiting adversarial training" (2020), algorithm 3.
 *
 * @param onStep called after each step with the epoch at work
 * @throws if the batch does not split evenly into shards, there is not one whole batch, or a loss is not finite
 */
export async function trainTogether(
  layers: readonly Layer[],
  digits: TrainingDigits,
  { training, seeds, initial, adversary }: TrainingPlan,
  run: Run,
  onStep?: (epoch: number) => void,
): Promise<Trained> {
  const { batchSize, shards, epochs, images, learningRate, maxShift } = training;
  const shardSize = batchSize / shards;
  if (!Number.isInteger(shardSize)) {
    throw new RangeError(`invalid shards: ${shards}, expected a divisor of the batch size ${batchSize}`);
  }
  if (images < batchSize) {
    throw new RangeError(`invalid images: ${images}, expected at least one batch of ${batchSize}`);
  }
  const weights = initial?.map((values) => values.slice()) ?? initialWeights(layers, seeds.initialWeights);
  const network = { layers, weights };
  const update = createAdam(weights, training);
  const generator = createGenerator(seeds.training);
  const starts = createGenerator(adversary?.seed ?? 0);
  const batches = Math.floor(images / batchSize);
  const steps = epochs * batches;
  const rows: Trained['epochs'] = [];

  const validate = async (attack?: PgdOptions) => {
    const slices = digits.validation.map((slice, i) =>
      run(shardSums, { ...network, ...slice, attack: attack && { ...attack, seed: attack.seed + i } }),
    );
    return meansOf(await Promise.all(slices), training.validationImages);
  };

  let step = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const plan = planEpoch(generator, images, maxShift);
    const draw = (batch: number) =>
      Array.from({ length: shards }, (_, shard) =>
        drawBatch(plan, digits, batch * batchSize + shard * shardSize, shardSize),
      );
    const seen: ShardSums[] = [];
    let rate = 0;
    let drawn = draw(0);
    for (let batch = 0; batch < batches; batch++, step++) {
      const grown = Math.min(1, (step + 1) / ((adversary?.rampEpochs ?? 1) * batches));
      const computing = drawn.map((shard) => {
        const attack = adversary && {
          ...oneStep(adversary, grown * adversary.epsilon),
          seed: starts.integer(0, 0x7fffffff),
        };
        return run(shardGradients, { ...network, ...shard, attack });
      });
      // The next batch is drawn while the workers are at this one.
      drawn = batch + 1 < batches ? draw(batch + 1) : [];
      const computed = await Promise.all(computing);
      rate = learningRate * (1 - step / steps);
      update(weights, meanGradients(computed, batchSize), rate);
      seen.push(...computed.map(({ loss, correct }) => ({ loss, correct })));
      onStep?.(epoch);
    }
    const { loss, accuracy } = meansOf(seen, batches * batchSize);
    const { loss: validationLoss, accuracy: validationAccuracy } = await validate();
    const row = { epoch, learningRate: rate, loss, accuracy, validationLoss, validationAccuracy };
    rows.push(adversary ? { ...row, ...(await underAttack(adversary, validate)) } : row);
  }
  return { weights, epochs: rows };
}

/** Accuracy under the step that is learnt, and under many, so that a step learnt by heart shows. */
async function underAttack(
  adversary: Adversary,
  validate: (attack: PgdOptions) => Promise<{ accuracy: number }>,
) {
  const { seed, watch } = adversary;
  const fgsm = await validate({ ...oneStep(adversary, watch.epsilon), seed });
  const pgd = await validate({ ...watch, seed });
  return { fgsmAccuracy: fgsm.accuracy, pgdAccuracy: pgd.accuracy };
}

function oneStep({ stepSize }: Adversary, epsilon: number) {
  return { epsilon, steps: 1, stepSize: stepSize * epsilon };
}

/**
 * Seeded initial weights: kernels uniform in ±√(6 / fan-in), biases 0. Uniform rather than normal, so
 * that nothing but correctly rounded operations goes into them.
 *
 * He et al., "Delving deep into rectifiers" (2015), eq. 10, with a uniform law of the same variance.
 *
 * @throws if the seed is not a non-negative 32-bit integer
 */
export function initialWeights(layers: readonly Layer[], seed: number): Weights {
  const generator = createGenerator(seed);
  return weightSpecs(layers).map(({ shape, fanIn }) => {
    const limit = fanIn === 0 ? 0 : Math.sqrt(6 / fanIn);
    return Float32Array.from({ length: size(shape) }, () => (limit ? generator.uniform(-limit, limit) : 0));
  });
}

function meanGradients(shards: readonly { gradients: Float32Array[] }[], images: number): Float32Array[] {
  return shards[0]!.gradients.map(({ length }, i) => {
    // One shard after the other: a loop over the shards at each element takes three times as long.
    const sums = new Float64Array(length);
    for (const { gradients } of shards) {
      const values = gradients[i]!;
      for (let j = 0; j < length; j++) sums[j]! += values[j]!;
    }
    const means = new Float32Array(length);
    for (let j = 0; j < length; j++) means[j] = sums[j]! / images;
    return means;
  });
}

function meansOf(sums: readonly ShardSums[], images: number) {
  return {
    loss: sums.reduce((total, { loss }) => total + loss, 0) / images,
    accuracy: sums.reduce((total, { correct }) => total + correct, 0) / images,
  };
}
