// What holds for every classifier, image and budget: bounds, and the equivalences between the attacks.
import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import {
  pixelwiseClassifier,
  tinyNetwork,
} from '../testing/classifiers.ts';
import { everyBackend } from '../testing/everyBackend.ts';
import { expectAllClose } from '../testing/expectAllClose.ts';
import { fgsm } from './fgsm.ts';
import { inputGradient } from './inputGradient.ts';
import { iterativeFgsm } from './iterativeFgsm.ts';
import { pgd, randomStart } from './pgd.ts';
import { targeted } from './targeted.ts';

const PIXELS = 6;
// x ± ε is rounded to float32: half a unit in the last place of a number up to 2.
const ROUNDING = 1.2e-7;

const pixel = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(0, 1) },
  {
    weight: 2,
    arbitrary: fc
      .integer({ min: 0, max: 255 })
      .map((byte) => Math.fround(byte / 255)),
  },
);
const cases = fc.record({
  network: fc.nat(1_000),
  images: fc.array(
    fc.array(pixel, { minLength: PIXELS, maxLength: PIXELS }),
    { minLength: 1, maxLength: 4 },
  ),
  label: fc.integer({ min: 0, max: 2 }),
  epsilon: fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constantFrom(0.05, 0.3, 1),
  ),
  steps: fc.integer({ min: 1, max: 7 }),
  clip: fc.boolean(),
});
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

/** Checks a property for many cases, each on tensors of its own, none of which may be left over. */
function forEveryCase(
  check: (
    x: tf.Tensor4D,
    y: tf.Tensor1D,
    options: Case & { classifier: ReturnType<typeof tinyNetwork> },
  ) => void,
) {
  fc.assert(
    fc.property(cases, (drawn) => {
      const { images, label, network } = drawn;
      tf.tidy(() => {
        const x = tf.tensor4d(images.flat(), [images.length, 2, 3, 1]);
        const y = tf.tensor1d(
          images.map((_, i) => (label + i) % 3),
          'int32',
        );
        check(x, y, { ...drawn, classifier: tinyNetwork(network, PIXELS) });
      });
    }),
    { seed: 4, numRuns: 60 },
  );
}

everyBackend('fgsm and iterativeFgsm', () => {
  it('stay within ε of the image, and within [0, 1] unless clip is off', () => {
    forEveryCase((x, y, { classifier, epsilon, steps, clip }) => {
      const perturbed = iterativeFgsm(classifier, x, y, {
        epsilon,
        steps,
        clip,
      }).dataSync();
      const original = x.dataSync();
      for (const [i, value] of perturbed.entries()) {
        expect(Math.abs(value - original[i]!)).toBeLessThanOrEqual(
          epsilon + ROUNDING,
        );
        if (clip) expect(value >= 0 && value <= 1).toBe(true);
      }
    });
  });

  it('are the identity at ε = 0, bit for bit, clip or not', () => {
    forEveryCase((x, y, { classifier, steps, clip }) => {
      expect(
        iterativeFgsm(classifier, x, y, {
          epsilon: 0,
          steps,
          clip,
        }).dataSync(),
      ).toEqual(x.dataSync());
    });
  });

  it('are the same with one step, bit for bit', () => {
    forEveryCase((x, y, { classifier, epsilon, clip }) => {
      const one = iterativeFgsm(classifier, x, y, {
        epsilon,
        steps: 1,
        clip,
      });
      expect(one.dataSync()).toEqual(
        fgsm(classifier, x, y, { epsilon, clip }).dataSync(),
      );
    });
  });

  it('change no bit when the gradient at the image is passed in', () => {
    forEveryCase((x, y, { classifier, epsilon, steps, clip }) => {
      const gradient = inputGradient(classifier, x, y);
      for (const k of [1, steps]) {
        const own = iterativeFgsm(classifier, x, y, {
          epsilon,
          steps: k,
          clip,
        });
        const shared = iterativeFgsm(classifier, x, y, {
          epsilon,
          steps: k,
          clip,
          gradient,
        });
        expect(shared.dataSync()).toEqual(own.dataSync());
      }
    });
  });

  it('leave images, labels and gradient as they are, and leave one tensor behind', () => {
    forEveryCase((x, y, { classifier, epsilon, steps, clip }) => {
      const gradient = inputGradient(classifier, x, y);
      const [images, labels, slopes] = [x, y, gradient].map((tensor) =>
        tensor.dataSync().slice(),
      );
      const before = tf.memory().numTensors;
      iterativeFgsm(classifier, x, y, { epsilon, steps, clip, gradient });
      expect(tf.memory().numTensors).toBe(before + 1);
      expect([x, y, gradient].map((tensor) => tensor.dataSync())).toEqual([
        images,
        labels,
        slopes,
      ]);
    });
  });

  it('agree to 1e-6 for any number of steps where the gradient is frozen', () => {
    forEveryCase((x, y, { classifier, epsilon, steps, clip }) => {
      const frozen = withFrozenGradient(inputGradient(classifier, x, y));
      const zeros = tf.zerosLike(y);
      const iterated = iterativeFgsm(frozen, x, zeros, {
        epsilon,
        steps,
        clip,
      });
      expectAllClose(
        iterated,
        fgsm(classifier, x, y, { epsilon, clip }),
        1e-6,
      );
    });
  });

  it('differ for several steps where the gradient is not frozen', () => {
    let different = 0;
    let tried = 0;
    forEveryCase((x, y, { classifier }) => {
      const [one, five] = [1, 5].map((steps) =>
        iterativeFgsm(classifier, x, y, { epsilon: 1, steps, clip: false }),
      );
      const [a, b] = [one!.dataSync(), five!.dataSync()];
      tried++;
      if (a.some((value, i) => Math.abs(value - b[i]!) > 1e-3)) different++;
    });
    expect(different / tried).toBeGreaterThan(0.5);
  });
});

everyBackend('pgd and targeted', () => {
  it('stay within ε of the image and within [0, 1], and leave one tensor behind', () => {
    forEveryCase((x, y, { classifier, epsilon, steps, network: seed }) => {
      const before = tf.memory().numTensors;
      const perturbed = [
        pgd(classifier, x, y, { epsilon, steps, seed }),
        targeted(classifier, x, y, { epsilon, steps }),
        randomStart(x, { epsilon, seed }),
      ];
      expect(tf.memory().numTensors).toBe(before + 3);
      const original = x.dataSync();
      for (const tensor of perturbed)
        for (const [i, value] of tensor.dataSync().entries()) {
          expect(Math.abs(value - original[i]!)).toBeLessThanOrEqual(
            epsilon + ROUNDING,
          );
          expect(value >= 0 && value <= 1).toBe(true);
        }
    });
  });

  it('are the iterative attack, bit for bit, from the start and with the steps that it is given', () => {
    forEveryCase((x, y, { classifier, epsilon, steps, network: seed }) => {
      const stepSize = (2.5 * epsilon) / steps;
      const start = randomStart(x, { epsilon, seed });
      const same = { epsilon, steps, stepSize, start };
      expect(
        pgd(classifier, x, y, { epsilon, steps, seed }).dataSync(),
      ).toEqual(iterativeFgsm(classifier, x, y, same).dataSync());
    });
  });

  it('start elsewhere for another seed', () => {
    const x = tf.fill<tf.Rank.R4>([1, 28, 28, 1], 0.5);
    const at = (seed: number) =>
      randomStart(x, { epsilon: 0.25, seed }).dataSync();
    expect(at(1)).toEqual(at(1));
    expect(at(1)).not.toEqual(at(2));
    expect(new Set(at(1)).size).toBeGreaterThan(200);
  });

  it('move towards the target where the loss of the true class would lead away from it', () => {
    // Two classes: towards class 1 is away from class 0, so descending m₁ is climbing m₀.
    forEveryCase((x, _, { epsilon, steps }) => {
      const two = pixelwiseClassifier((p) => p.square().sum([1, 2, 3]));
      const [zeros, ones] = [0, 1].map((label) =>
        tf.fill([x.shape[0]], label, 'int32'),
      ) as [tf.Tensor1D, tf.Tensor1D];
      expectAllClose(
        targeted(two, x, ones, { epsilon, steps }),
        iterativeFgsm(two, x, zeros, { epsilon, steps }),
        1e-6,
      );
    });
  });

  it('refuse a start of another shape and a step that is no length', () => {
    const x = tf.zeros<tf.Rank.R4>([1, 2, 3, 1]);
    const y = tf.tensor1d([0], 'int32');
    const classifier = tinyNetwork(1, PIXELS);
    const start = tf.zeros<tf.Rank.R4>([1, 3, 2, 1]);
    expect(() => iterativeFgsm(classifier, x, y, { start })).toThrow(
      'invalid start: shape [1, 3, 2, 1], expected that of the images, [1, 2, 3, 1]',
    );
    for (const stepSize of [-0.1, NaN, Infinity])
      expect(() => iterativeFgsm(classifier, x, y, { stepSize })).toThrow(
        `invalid step size: ${stepSize}, expected a finite number from 0 on`,
      );
    expect(() => pgd(classifier, x, y, { seed: -1 })).toThrow(
      'invalid seed: -1',
    );
  });
});

/** A classifier whose margin for label 0 is g · x: wherever it is asked, its gradient is g. */
function withFrozenGradient(gradient: tf.Tensor4D) {
  return pixelwiseClassifier((x) => x.mul(gradient).neg());
}
