// One body of tests on every backend that is present, against vectors that none of them computed alone.
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { inputGradient, sign } from '../../src/compute/attacks/inputGradient.ts';
import { margins } from '../../src/compute/attacks/margin.ts';
import { forward } from '../../src/compute/networks/forward.ts';
import { signText } from '../../src/compute/signs.ts';
import { expectAllClose } from '../../src/compute/testing/expectAllClose.ts';
import { presentBackends } from './backends.ts';
import { imageBatch, imageOf, IMAGES, networkNames, networks, trainingStep } from './cases.ts';
import { readVectors, type NetworkVectors } from './vectors.ts';

/** Of logits and margins, relative to the network's largest logit. */
const LOGITS = 1e-5;
/** |found − stored| ≤ tolerance · max(1, |stored|). */
const GRADIENT = 1e-5;
const LOSS = 1e-5;
/** Of a weight's gradient, relative to its norm. */
const WEIGHT_GRADIENT = 1e-4;

const vectors = readVectors();
const classesOf = ({ classes }: NetworkVectors) => tf.tensor1d(classes, 'int32');

describe.each(presentBackends())('the $name backend', ({ start }) => {
  beforeAll(start);

  describe.each(networkNames)('with the network %s', (network) => {
    const stored = vectors[network];

    it('has the stored logits and margins', async () => {
      const { classifier, dispose } = forward(networks()[network]);
      const logits = classifier(await imageBatch());
      const largest = Math.max(1, ...stored.logits.flat().map(Math.abs));
      expectAllClose(logits, stored.logits.flat(), LOGITS * largest);
      expectAllClose(margins(logits, classesOf(stored)), stored.margins, LOGITS * largest);
      dispose();
    });

    it('has the stored sign of the input gradient on every pixel', async () => {
      const { classifier, dispose } = forward(networks()[network]);
      const gradient = inputGradient(
        classifier,
        await imageBatch(),
        classesOf(stored),
      ).dataSync() as Float32Array;
      for (let i = 0; i < IMAGES; i++) {
        const found = signText(imageOf(gradient, i));
        const known = Array.from(stored.signs[i]!, (one, j) => (one === '?' ? found[j] : one)).join('');
        expect(found, `image ${i}`).toBe(known);
      }
      dispose();
    });
  });

  it('has the stored input gradient', async () => {
    const { classifier, dispose } = forward(networks().drawn);
    const gradient = inputGradient(
      classifier,
      await imageBatch(),
      classesOf(vectors.drawn),
    ).dataSync() as Float32Array;
    expectAllClose(imageOf(gradient, 0), vectors.gradient, GRADIENT);
    dispose();
  });

  it('has a sign without a dead zone', () => {
    const found = Array.from(sign(tf.tensor1d([1e-30, -1e-30, 0, -0, 3])).dataSync());
    expect(found.map((value) => value + 0)).toEqual([1, -1, 0, 0, 1]);
  });

  it('takes the stored training step', async () => {
    const { lossBefore, lossAfter, gradients } = await trainingStep();
    const stored = vectors.trainingStep;
    expectAllClose([lossBefore, lossAfter], [stored.lossBefore, stored.lossAfter], LOSS);
    expect(lossAfter).toBeLessThan(lossBefore);
    for (const [i, { norm, samples }] of gradients.entries()) {
      const scaled = (values: number[]) => values.map((value) => value / stored.gradients[i]!.norm);
      expectAllClose(
        scaled([norm, ...samples]),
        scaled([stored.gradients[i]!.norm, ...stored.gradients[i]!.samples]),
        WEIGHT_GRADIENT,
      );
    }
  });
});
