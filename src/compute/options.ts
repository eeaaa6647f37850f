// Every choice of the report in one place: seeds, recipe, grids and budgets. Nothing else in the project repeats one of these
// numbers. Units: ε in [0, 1] pixel units, learning rate per step, shifts in pixels.

const recipe = {
  images: 55_000,
  validationImages: 5_000,
  epochs: 10,
  batchSize: 128,
  /** Logical shards of a batch: fixed, so that the order of sums does not depend on the workers. */
  shards: 4,
  learningRate: 0.003,
  beta1: 0.9,
  beta2: 0.999,
  adamEpsilon: 1e-8,
  maxShift: 1,
};

/** The options of the report itself. */
export const reportOptions = {
  preset: 'report' as 'report' | 'small',
  seeds: { initialWeights: 1, training: 2, testImages: 3, randomSigns: 4 },
  training: recipe,
  /** The other trainings by the same recipe: they keep all workers busy together, so their batches are single shards. */
  otherTrainings: {
    seeds: [2, 3, 4, 5].map((first) => ({ initialWeights: first, training: first + 1 })),
    shards: 1,
  },
  /** The network that is trained against the attack; it begins with the weights of the first one. */
  defence: {
    training: { ...recipe, epochs: 2, shards: 2 },
    adversary: {
      seed: 5,
      /** The largest ε; it grows linearly over the first epochs, a fraction perhaps. */
      epsilon: 0.2,
      rampEpochs: 1,
      /** Length of its one step in parts of ε. */
      stepSize: 1.25,
      /** After each epoch: accuracy on the validation images under that step and under PGD. */
      watch: { epsilon: 0.1, steps: 10 },
    },
  },
  evaluation: { images: 10_000 },
  /** ε_i = i / epsilonDenominator, i = 0 … epsilonCount − 1. */
  sweep: { images: 1_000, epsilonCount: 21, epsilonDenominator: 40, steps: 5 },
  /** The single image is followed along ε = i / epsilonDenominator up to maxEpsilon. */
  example: { label: 7, epsilon: 0.3, steps: 5, epsilonDenominator: 200, maxEpsilon: 0.5 },
  stepsCurve: { epsilons: [0.1, 0.15], steps: [1, 2, 3, 5, 10, 20] },
  fooledClasses: { epsilon: 0.15 },
  gallery: { epsilons: [0.1, 0.2, 0.3] },
  randomSigns: { epsilons: [0.1, 0.3], draws: 20 },
  /** The curves of the other networks end where their drawings do. */
  networkCurves: { epsilonCount: 13 },
  /** PGD on the images that one step and several have spared, from so many random starts. */
  worstCase: { epsilons: [0.1, 0.2, 0.3], steps: 50, restarts: 3, seed: 6 },
  transfer: { epsilons: [0.1, 0.2] },
  targetClasses: { images: 250, epsilons: [0.1, 0.2], steps: 20 },
  /** Images of each class for the picker, and how many further images a browser checks. */
  widgetImages: { perClass: 12, checks: 20 },
};

/** Everything that decides a number of the report. */
export type Options = typeof reportOptions;

/** A minute's worth of the same work, for tests of faults, kills, workers and determinism. */
export const smallOptions: Options = {
  ...reportOptions,
  preset: 'small',
  // Smaller batches: with so few images the network needs the steps.
  training: { ...reportOptions.training, images: 2_000, validationImages: 500, epochs: 1, batchSize: 32 },
  defence: {
    training: { ...reportOptions.defence.training, images: 500, validationImages: 250, epochs: 1 },
    adversary: { ...reportOptions.defence.adversary, watch: { epsilon: 0.1, steps: 2 } },
  },
  evaluation: { images: 500 },
  sweep: { images: 50, epsilonCount: 5, epsilonDenominator: 10, steps: 5 },
  example: { ...reportOptions.example, epsilonDenominator: 10 },
  stepsCurve: { epsilons: [0.1, 0.15], steps: [1, 2] },
  randomSigns: { epsilons: [0.1, 0.3], draws: 2 },
  networkCurves: { epsilonCount: 4 },
  worstCase: { epsilons: [0.1, 0.2], steps: 3, restarts: 2, seed: 6 },
  transfer: { epsilons: [0.1] },
  targetClasses: { images: 10, epsilons: [0.1], steps: 2 },
  widgetImages: { perClass: 2, checks: 2 },
};

/** ε of a grid that is nearest to the one at which the report compares attacks. */
export function quotedEpsilon(epsilons: readonly number[]): number {
  const distance = (epsilon: number) => Math.abs(epsilon - reportOptions.stepsCurve.epsilons[0]!);
  return epsilons.reduce((best, epsilon) => (distance(epsilon) < distance(best) ? epsilon : best));
}
