// Results that fit their schemas, small enough to read.
import type {
  Evaluation,
  Example,
  FgsmCurve,
  IterativeCurve,
  Provenance,
  Sweep,
} from '../results/schemas.ts';

/** A provenance that fits its schema. */
const provenance: Provenance = {
  stage: 'test',
  code: 'a'.repeat(64),
  options: { epsilon: 0.3 },
  packages: { '@tensorflow/tfjs-core': '4.22.0' },
  backend: { name: 'wasm', identity: 'wasm-simd', device: 'CPU (WebAssembly SIMD)' },
  inputs: {},
  data: {},
  source: {},
};

/**
 * Five images at four ε: `labels` 7, 7, 1, 0, 3.
 *
 * Image 0 flips at 0.1 and back at 0.2, image 1 at 0.3, image 2 never, image 3 is misclassified from the start and
 * read correctly by chance at 0.2, image 4 flips at 0.1 for good.
 */
export const sweep: Sweep = {
  attack: 'fgsm',
  loss: 'margin',
  steps: 1,
  clip: true,
  epsilons: [0, 0.1, 0.2, 0.3],
  indices: [0, 17, 2, 3, 18],
  labels: '77103',
  predicted: ['77163', '97165', '77105', '23165'],
  zeroGradients: [0, 0, 1, 2],
};

/** The network on five unperturbed images, four of them read correctly. */
export const evaluation: Evaluation = { provenance, labels: '77103', predicted: '77163' };

/** Question 2 with the same sweep in each place. */
export const fgsmCurve: FgsmCurve = {
  provenance,
  clipped: sweep,
  unclipped: { ...sweep, clip: false },
  firstImages: sweep,
  crossEntropy: { ...sweep, loss: 'crossEntropy' },
};

const iterated: Sweep = {
  ...sweep,
  attack: 'iterativeFgsm',
  steps: 5,
  predicted: ['77163', '97165', '77105', '22265'],
};

/** Question 4 with the same sweep in each place, in which nothing is read correctly at 0.3. */
export const iterativeCurve: IterativeCurve = {
  provenance,
  clipped: iterated,
  unclipped: { ...iterated, clip: false },
  firstImages: iterated,
};

/** An attacked 7, test image 17 at ε = 0.3; `predictions` holds the class before the attack and after each step. */
export function exampleOf({ steps, predictions }: { steps: number; predictions: number[] }): Example {
  const image = new Array<number>(784).fill(0.5);
  const predictionOf = (label: number) => ({
    logits: Array.from({ length: 10 }, (_, i) => (i === label ? 4 : 0)),
    probabilities: Array.from({ length: 10 }, (_, i) => (i === label ? 0.91 : 0.01)),
  });
  const [clean, ...after] = predictions.map(predictionOf);
  return {
    provenance,
    index: 17,
    label: 7,
    epsilon: 0.3,
    steps,
    original: { image, prediction: clean!, loss: 0.1 },
    path: after.map((prediction) => ({ signs: '+'.repeat(784), perturbed: image, prediction, loss: 1 })),
    quantised: { pixels: new Array<number>(784).fill(128), prediction: after[after.length - 1]! },
    alongEpsilon: [{ epsilon: 0, prediction: clean! }],
    sameClass: { images: 2, correct: 2, flipped: 1 },
  };
}
