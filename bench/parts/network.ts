// The network's own work: forward pass, input gradient, training step, on one thread and on all.
import { slices } from '../../src/compute/experiments/digits.ts';
import { layerShapes, size as numbersIn } from '../../src/compute/networks/layers.ts';
import { reportOptions } from '../../src/compute/options.ts';
import { compare, type Figures, type Run, timed, type Times } from '../measure.ts';
import { multiplyAndAdd, OPERATIONS, repeatForward, repeatInputGradient } from '../tasks.ts';
import type { Rows } from '../runParts.ts';
import { train, TRAINING_STEPS, type Workbench } from '../workbench.ts';

const ROUNDS = 20_000_000;

/**
 * Times forward pass, input gradient and training step, and what threads reach that do nothing but multiply and add; says
 * whether the weights trained are the same bits.
 */
export async function network({ options, threads, pool, network, images }: Workbench): Promise<Rows> {
  const sizes = threads ? [...new Set([1, options.workers])] : [1];
  const named = (what: string) => (size: number) => `${what}, threads: ${size}`;
  const onThreads = <F extends Figures>(
    what: string,
    run: (size: number) => Promise<Run>,
    figures: (times: Times, size: number) => F,
  ) => compare(sizes, { name: named(what), run, figures }, options);

  const roof = 'multiply and add';
  const roofs = await onThreads(
    roof,
    (size) =>
      timed(() =>
        Promise.all(Array.from({ length: size }, () => pool(size).run(multiplyAndAdd, { rounds: ROUNDS }))),
      ),
    ({ median }, size) => ({ 'GFLOP/s': (size * ROUNDS * OPERATIONS) / median / 1e9 }),
  );

  const passes = 20;
  const total = passes * images.labels.length;
  // Multiplications for one image: convolutions, dense layers.
  const multiplications = layerShapes(network.layers).reduce(
    (sum, { outputShape, weights: [kernel] }) => sum + (kernel ? numbersIn(outputShape) * kernel.fanIn : 0),
    0,
  );
  const onImages = (what: string, task: typeof repeatForward, directions: number) =>
    onThreads(
      `${what}, ${total} images`,
      (size) =>
        timed(() =>
          Promise.all(
            slices(images.digits).map((slice) => pool(size).run(task, { network, passes, ...slice })),
          ),
        ),
      ({ median }, size) => {
        const gigaflops = (2 * multiplications * directions * total) / median / 1e9;
        return {
          'ms per 1,000 images': (1000 * 1000 * median) / total,
          'GFLOP/s': gigaflops,
          '% of the roof': (100 * gigaflops) / roofs[named(roof)(size)]!['GFLOP/s'],
        };
      },
    );
  const forward = await onImages('forward', repeatForward, 1);
  // The gradient with respect to the input is one forward pass and one of the same size back.
  const inputGradient = await onImages('inputGradient', repeatInputGradient, 2);

  const trained: Uint8Array[] = [];
  const training = await onThreads(
    `training, ${TRAINING_STEPS} steps of 128`,
    async (size) => {
      const { weights, ...run } = await train(pool(size));
      trained.push(weights);
      return run;
    },
    ({ median }) => ({ 'images/s': (TRAINING_STEPS * reportOptions.training.batchSize) / median }),
  );
  const equal = trained.every((weights) => Buffer.compare(weights, trained[0]!) === 0);
  return {
    ...roofs,
    ...forward,
    ...inputGradient,
    ...training,
    'same weights on any number of threads': equal,
  };
}
