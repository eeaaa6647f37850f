// Writes the vectors that the backends are compared with. Logits, margins and input gradients come from the float64
// reference, which shares no code with any backend; the training step from tfjs's plain JavaScript backend, whose
// kernels add up in float64.
import { writeFileSync } from 'node:fs';
import { argmax } from '../../src/compute/statistics.ts';
import { createReference } from '../../src/compute/networks/referenceGradient.ts';
import type { Network } from '../../src/compute/networks/layers.ts';
import { presentBackends } from './backends.ts';
import { imageOf, images, networks, trainingStep } from './cases.ts';
import { vectorsFile, type NetworkVectors, type Vectors } from './vectors.ts';

/** Below this share of an image's largest gradient float32 may not know the sign. */
const NOISE = 1e-6;

const digits = await images();
const floats = Float32Array.from(digits.images, (byte) => byte / 255);

function ofNetwork(network: Network, classes: number[]): NetworkVectors {
  const reference = createReference(network);
  const all = classes.map((label, i) => reference(imageOf(floats, i), label));
  return {
    classes,
    logits: all.map(({ logits }) => Array.from(logits, Math.fround)),
    margins: all.map(({ margin }) => Math.fround(margin)),
    signs: all.map(({ gradient }) => {
      const largest = Math.max(...gradient.map(Math.abs));
      return Array.from(gradient, (g) =>
        g === 0 ? '0' : Math.abs(g) < NOISE * largest ? '?' : g > 0 ? '+' : '-',
      ).join('');
    }),
  };
}

const { drawn, confident, everyKind } = networks();
const labels = Array.from(digits.labels);
const read = labels.map((label, i) => argmax(createReference(confident)(imageOf(floats, i), label).logits));
await presentBackends()
  .find(({ name }) => name === 'cpu')!
  .start();
const vectors: Vectors = {
  drawn: ofNetwork(drawn, labels),
  confident: ofNetwork(confident, read),
  everyKind: ofNetwork(everyKind, labels),
  gradient: Array.from(createReference(drawn)(imageOf(floats, 0), labels[0]!).gradient, Math.fround),
  trainingStep: await trainingStep(),
};
writeFileSync(vectorsFile, `${JSON.stringify(vectors)}\n`);
