// The network's own work: forward pass, input gradient, training step, on one thread and on all.
import { slices } from '../../src/compute/experiments/digits.ts';
import { trainNetwork } from '../../src/compute/experiments/train.ts';
import type { WorkerPool } from '../../src/compute/build/workerPool.ts';
import { loadMnist } from '../../src/compute/data/mnist.ts';
import { createBarrier } from '../../src/compute/networks/train/barrier.ts';
import { createTrainingMemory } from '../../src/compute/networks/train/trainingMemory.ts';
import { PIXELS } from '../../src/compute/data/shape.ts';
import { layerShapes, size as numbersIn, type Weights } from '../../src/compute/networks/layers.ts';
import { mnistCnn } from '../../src/compute/networks/mnistCnn.ts';
import { reportOptions } from '../../src/compute/options.ts';
import type { BenchOptions } from '../arguments.ts';
import { inTurns, timed, type Run } from '../measure.ts';
import { multiplyAndAdd, OPERATIONS } from '../multiplyAndAdd.ts';
import { repeatForward, repeatInputGradient } from '../tasks.ts';
import { printTimes, type Rows, type Workbench } from '../workbench.ts';

/** Multiplications of the network for one image, forward: convolutions, dense layers. */
const MULTIPLICATIONS = layerShapes(mnistCnn.layers).reduce(
  (sum, { outputShape, weights: [kernel] }) => sum + (kernel ? numbersIn(outputShape) * kernel.fanIn : 0),
  0,
);

/** Times forward pass, input gradient and training step; says whether the weights trained are the same bits. */
export async function network(bench: Workbench): Promise<Rows> {
  const { options, threads } = bench;
  const sizes = threads ? [...new Set([1, options.workers])] : [1];
  const steps = trainingSteps(options);
  const train = await trainer(steps);
  const trained: Weights[] = [];
  const rows: Rows = {};
  const peaks = await peak(bench, sizes, rows);
  for (const task of [repeatForward, repeatInputGradient]) {
    const passes = options.quick ? 4 : 20;
    const total = passes * bench.images.digits.count;
    const work = sizes.map((size) => [`${size}`, () => timed(() => pass(bench, size, task, passes))]);
    const times = await inTurns(Object.fromEntries(work) as Record<string, () => Promise<Run>>, options);
    for (const [size, one] of Object.entries(times)) {
      const what = task === repeatForward ? 'forward' : 'inputGradient';
      // The gradient with respect to the input is one forward pass and one of the same size back.
      const operations = 2 * MULTIPLICATIONS * (what === 'forward' ? 1 : 2);
      const gigaflops = (operations * total) / one.median / 1e9;
      const perThousand = (1000 * 1000 * one.median) / total;
      rows[`${what}, threads: ${size}`] = one;
      rows[`${what} ms per 1,000 images, threads: ${size}`] = perThousand;
      rows[`${what} GFLOP/s, threads: ${size}`] = gigaflops;
      printTimes(
        `${what}, ${total} images, threads: ${size}`,
        one,
        `${perThousand.toFixed(1)} ms per 1,000, ${gigaflops.toFixed(1)} GFLOP/s, ${Math.round((100 * gigaflops) / peaks[size]!)} %`,
      );
    }
  }
  const work = sizes.map((size) => [
    `${size}`,
    async () => {
      const { weights, ...run } = await train(bench.pool(size), size);
      trained.push(weights);
      return run;
    },
  ]);
  const times = await inTurns(Object.fromEntries(work) as Record<string, () => Promise<Run>>, options);
  for (const [size, one] of Object.entries(times)) {
    const rate = (steps * reportOptions.training.batchSize) / one.median;
    rows[`training, threads: ${size}`] = one;
    rows[`training images/s, threads: ${size}`] = rate;
    printTimes(`training, ${steps} steps of 128, threads: ${size}`, one, `${rate.toFixed(0)} images/s`);
  }
  const equal = trained.every((weights) =>
    weights.every((values, i) => Buffer.compare(bytesOf(values), bytesOf(trained[0]![i]!)) === 0),
  );
  rows['same weights on any number of threads'] = equal;
  console.log(
    `  weights trained are ${equal ? 'the same bits' : 'DIFFERENT'} on ${sizes.join(' and ')} threads`,
  );
  return rows;
}

/** GFLOP/s that so many threads reach when they do nothing but multiply and add. */
async function peak(
  { options, pool }: Workbench,
  sizes: readonly number[],
  rows: Rows,
): Promise<Record<string, number>> {
  const rounds = 20_000_000;
  const peaks: Record<string, number> = {};
  const work = sizes.map((size) => [
    `${size}`,
    () =>
      timed(() =>
        Promise.all(Array.from({ length: size }, () => pool(size).run(multiplyAndAdd, { rounds }))),
      ),
  ]);
  const times = await inTurns(Object.fromEntries(work) as Record<string, () => Promise<Run>>, options);
  for (const [size, one] of Object.entries(times)) {
    const gigaflops = (Number(size) * rounds * OPERATIONS) / one.median / 1e9;
    peaks[size] = gigaflops;
    rows[`peak GFLOP/s, threads: ${size}`] = gigaflops;
    printTimes(`multiply and add, threads: ${size}`, one, `${gigaflops.toFixed(1)} GFLOP/s`);
  }
  return peaks;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

async function pass(
  { pool, network, images }: Workbench,
  size: number,
  task: typeof repeatForward,
  passes: number,
): Promise<void> {
  const { run } = pool(size);
  await Promise.all(slices(images.digits).map((slice) => run(task, { network, passes, ...slice })));
}

/** Steps of a training of the bench. */
export function trainingSteps({ quick }: Pick<BenchOptions, 'quick'>): number {
  return quick ? 20 : 200;
}

/**
 * A training of some steps. What is timed lies between the reports of its first and its last step, and is scaled to all of
 * them.
 */
export async function trainer(
  steps: number,
): Promise<(pool: WorkerPool, workers: number) => Promise<Run & { weights: Weights }>> {
  const digits = await loadMnist('train');
  const training = {
    ...reportOptions.training,
    images: steps * reportOptions.training.batchSize,
    validationImages: 250,
    epochs: 1,
  };
  const count = training.images + training.validationImages;
  return async (pool, workers) => {
    let [first, last] = [0, 0];
    const before = process.cpuUsage();
    const { layers } = mnistCnn;
    const memory = createTrainingMemory(
      layers,
      digits.images.subarray(0, count * PIXELS),
      digits.labels.subarray(0, count),
      training,
    );
    const options = { ...reportOptions, training };
    const barrier = createBarrier(workers);
    const [trained] = await Promise.all(
      Array.from({ length: workers }, (_, worker) =>
        pool.run(trainNetwork, { layers, memory, options, worker, barrier }, ({ images }) => {
          if (images === training.batchSize) first = performance.now();
          if (images === training.images) last = performance.now();
        }),
      ),
    );
    const { user, system } = process.cpuUsage(before);
    return {
      seconds: (((last - first) / 1000) * steps) / (steps - 1),
      processorSeconds: (user + system) / 1e6,
      weights: trained!.weights,
    };
  };
}
