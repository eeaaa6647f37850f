import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { example } from '../components/figures/fixtures.ts';
import { exampleOf, evaluation, fgsmCurve } from '../compute/testing/results.ts';
import type { Layer } from '../compute/networks/layers.ts';
import { networkNames } from '../compute/results/networkNames.ts';
import type { Sweep } from '../compute/results/schemas.ts';
import { curveFacts } from './curveFacts.ts';
import { exampleTitle } from './exampleFacts.ts';
import { factsOf } from './facts.ts';
import { mostCommonMistake } from './networkFacts.ts';
import { trainingRows, worstCaseRows } from './networkTables.ts';
import type { ReportResults } from './reportResults.ts';

const { provenance } = evaluation;
const epsilons = [0, 0.1, 0.2, 0.3];
const labels = '7710395841';
const indices = Array.from(labels, (_, i) => i);
const wrong = Array.from(labels, (label) => (Number(label) + 1) % 10).join('');

/** Results of a network that predicts `clean` of unperturbed images and `attacked[i]` at the i-th ε above 0. */
function resultsOf(clean: string, attacked: readonly string[], path: number[]): ReportResults {
  const sweep = {
    ...fgsmCurve.clipped,
    epsilons,
    indices,
    labels,
    predicted: [clean, ...attacked],
    zeroGradients: [0, 0, 0, 0],
  };
  const iterated = { ...sweep, attack: 'iterativeFgsm' as const, steps: 5 };
  const curve = { provenance, clipped: sweep, unclipped: sweep, firstImages: sweep };
  const counts = indices;
  const signs = '+'.repeat(784);
  const worst = {
    index: 9,
    label: 1,
    image: new Array<number>(784).fill(0),
    reference: signs,
    float32: { margin: signs, logSoftmax: signs, crossEntropy: signs },
  };
  return {
    evaluation: { provenance, labels, predicted: clean },
    'fgsm-example': exampleOf({ steps: 1, predictions: [7, path.at(-1)!] }),
    'fgsm-curve': { ...curve, crossEntropy: sweep },
    'iterative-example': exampleOf({ steps: 5, predictions: [7, ...path] }),
    'iterative-curve': { provenance, clipped: iterated, unclipped: iterated, firstImages: iterated },
    'steps-curve': {
      provenance,
      epsilons: [0.1],
      steps: [1, 5],
      indices,
      labels,
      predicted: [[clean, attacked[0]!]],
    },
    'fooled-classes': { provenance, epsilon: 0.1, steps: 5, indices, labels, clean, predicted: attacked[0]! },
    'random-signs': {
      provenance,
      epsilons: [0.1, 0.3],
      indices,
      labels,
      predicted: [
        [clean, clean],
        [clean, attacked[0]!],
      ],
      unclipped: [
        [clean, clean],
        [clean, clean],
      ],
    },
    precision: {
      provenance,
      indices,
      labels,
      doubt: indices.map(() => 0),
      wrongSigns: { margin: counts, logSoftmax: counts, crossEntropy: counts },
      worst,
      logSoftmax: sweep,
    },
    'other-trainings': { provenance, networks: [] },
    'defended-training': {
      provenance,
      epochs: [
        {
          epoch: 1,
          learningRate: 0,
          loss: 0.1,
          accuracy: 0.8,
          validationLoss: 0.1,
          validationAccuracy: 0.97,
          fgsmAccuracy: 0.9,
          pgdAccuracy: 0.85,
        },
      ],
    },
    'defended-precision': { provenance, indices, labels, wrongSigns: counts },
    'network-curves': {
      provenance,
      index: 17,
      label: 7,
      epsilon: 0.3,
      labels,
      networks: networkNames.slice(1).map((name) => ({
        name,
        predicted: clean,
        example: { fgsm: path.at(-1)!, iterative: path.at(-1)! },
        fgsm: sweep,
        iterative: iterated,
      })),
    },
    'worst-case': {
      provenance,
      indices,
      labels,
      steps: 50,
      restarts: 3,
      rows: ['mnist-cnn' as const, 'mnist-cnn-defended' as const].map((network) => ({
        network,
        epsilon: 0.1,
        spared: ['1111100000', '1111000000', '1100000000', '1100000000', '1000000000'],
      })),
    },
    transfer: {
      provenance,
      networks: [...networkNames],
      indices,
      labels,
      attacks: [1, 5].map((steps) => ({
        epsilon: 0.1,
        steps,
        predicted: networkNames.map((_, from) =>
          networkNames.map((_name, asked) => (from === asked ? attacked[0]! : clean)),
        ),
      })),
    },
    'target-classes': {
      provenance,
      epsilons: [0.1, 0.2],
      steps: 20,
      indices,
      labels,
      predicted: [labels, wrong].map((predicted) => new Array<string>(10).fill(predicted)),
    },
  };
}

const strong = resultsOf(labels, [labels, labels, labels], [7, 7, 7, 7, 7]);
const hopeless = resultsOf(`7${wrong.slice(1)}`, [wrong, wrong, wrong], [8, 8, 8, 8, 8]);
const fallen = resultsOf(labels, [wrong, wrong, wrong], [7, 7, 3, 3, 3]);
const ties = resultsOf('7710395848', ['7710395399', '1710395399', wrong], [7, 8, 8, 8, 8]);

describe.each(Object.entries({ strong, hopeless, fallen, ties }))(
  'the tables of a %s network',
  (_, results) => {
    it('have a full row for each training, and for each network and ε', () => {
      const tables = [trainingRows(results), worstCaseRows(results['worst-case'])];
      expect(tables.map((rows) => [rows.length, rows[0]!.length])).toEqual([
        [5, 6],
        [2, 6],
      ]);
      for (const cell of tables.flat(2)) expect(cell).not.toMatch(/undefined|NaN|Infinity|null|^$/);
    });
  },
);

describe('factsOf(results)', () => {
  it.each(Object.entries({ strong, hopeless, fallen, ties }))(
    'has all texts of a %s network',
    (_, results) => {
      for (const [topic, facts] of Object.entries(factsOf(results)))
        for (const [name, text] of Object.entries(facts)) {
          expect(text, `${topic}.${name}`).not.toMatch(/undefined|NaN|Infinity|null|\[object/);
          if (
            !['literal.sentence', 'random.harm', 'network.how', 'precision.tfjsWorst'].includes(
              `${topic}.${name}`,
            )
          )
            expect(text, `${topic}.${name}`).not.toBe('');
        }
    },
  );

  it('says of an imported network where it is from and what was done to it, and nothing of a training', () => {
    const dense: Layer[] = [
      { name: 'flatten', kind: 'flatten' },
      { name: 'dense1', kind: 'dense', units: 10 },
    ];
    const imported = {
      provenance,
      file: 'net.onnx',
      sha256: '0'.repeat(64),
      name: 'net',
      notes: ['The final softmax was left out: attacks work on logits.'],
      units: 'mnist',
      unitsGiven: false,
      accuracies: { '0..1': 0.5, mnist: 0.75 },
      images: 1_000,
    };
    const {
      'network-curves': _curves,
      'defended-training': _training,
      'other-trainings': _others,
      'defended-precision': _precision,
      'worst-case': _worst,
      transfer: _transfer,
      'target-classes': _targets,
      ...own
    } = strong;
    const { network, ...others } = factsOf(own, dense, imported);
    for (const topic of ['trainings', 'defended', 'worst', 'transfer', 'targets'])
      expect(others).not.toHaveProperty(topic);
    expect(network!.kinds).toBe('one dense layer');
    expect(network!.parameters).toBe('7,850');
    expect(network!.origin).toBe('was imported from the file net.onnx');
    expect(network!.how).toContain('the best of those tried: on 1,000 test images it classifies 50.0');
    expect(network!.how).toMatch(/correctly\. The final softmax was left out: attacks work on logits\.$/);
    expect(factsOf(strong).network!.kinds).toBe('two convolutional and two dense layers');
  });

  it('says of a network below guessing that it was there before the attack', () => {
    const { q2 } = factsOf(resultsOf(wrong, [wrong, wrong, wrong], [3, 3, 3, 3, 3]));
    expect(q2!.course).toMatch(
      /^Even without an attack accuracy is below that of guessing.*lowest value is 0\.0/,
    );
  });

  it('claims nothing of an attack that never succeeds', () => {
    const { q1, q2, q3, q4, fooled } = factsOf(strong);
    expect(q1!.outcome).toBe('still classified as a 7 with probability 0.9100');
    expect(q1!.predictedRole).toBe('true');
    expect(q2!.course).toMatch(/^Accuracy does not fall to that of guessing/);
    expect(q3!.firstMisclassified).toBe('is classified correctly after each step');
    expect(q3!.signChanges).toBe('On no pixel does the sign of the gradient change before the last step.');
    expect(q4!.smallest).toMatch(/^None/);
    expect(q4!.allLost).toBe('At ε = 0.3 100.0\u00a0% of the images are still classified correctly.');
    expect(fooled!.favourite).toBe('No class is predicted by mistake.');
  });

  it('takes each number at its own ε, and of its own curve', () => {
    const curveOf = (...correct: number[]): Sweep => ({
      ...strong['fgsm-curve'].clipped,
      predicted: correct.map((count) => labels.slice(0, count) + wrong.slice(count)),
    });
    const facts = curveFacts(
      { clipped: curveOf(10, 8, 6, 5), unclipped: curveOf(9, 6, 5, 4), firstImages: curveOf(7, 3, 2, 1) },
      0.3,
    );
    expect(facts).toMatchObject({
      clean: '100.0\u00a0%',
      early: '80.0\u00a0%',
      end: '50.0\u00a0%',
      unclippedEarly: '60.0\u00a0%',
      firstEarly: '30.0\u00a0%',
    });
  });

  it('says from which ε on all is lost, and which step does it', () => {
    const { q3, q4 } = factsOf(fallen);
    expect(q4!.smallest).toMatch(/^They differ/);
    expect(q4!.allLost).toBe('From ε = 0.1 on none of the 10 images is classified correctly.');
    expect(q3!.firstMisclassified).toBe('is first misclassified after step 3');
  });

  it('says that curves which nowhere differ are equal, and that no sign is wrong', () => {
    const { gap, precision } = factsOf(strong);
    expect(gap!.sentence).toBe('The two curves are equal at every ε.');
    expect(precision!.worst).toMatch(
      /^The image with the most wrong signs in both forms is test image 9, a 1 /,
    );
    expect(precision!.tfjsWorst).toBe('');
    const none = { margin: [0], logSoftmax: [0], crossEntropy: [0] };
    const exact = { ...strong.precision, indices: [9], doubt: [0], wrongSigns: none };
    expect(factsOf({ ...strong, precision: exact }).precision!.worst).toBe(
      'No image has wrong signs in both forms.',
    );
  });

  it('says what the clip makes of random signs, if it makes anything of them', () => {
    const random = {
      ...strong['random-signs'],
      predicted: [[labels], [wrong]],
      unclipped: [[labels], [labels]],
    };
    expect(factsOf({ ...strong, 'random-signs': random }).random!.harm).toMatch(
      /^The clip gives random signs a direction.* they would leave 100\.0\u00a0% at ε = 0\.3\.$/,
    );
    const equal = { ...random, unclipped: [[wrong], [wrong]] };
    expect(factsOf({ ...strong, 'random-signs': equal }).random!.harm).toBe('');
  });

  it('names all of the most common mistakes', () => {
    expect(factsOf(ties).network!.mistake).toBe('The most common mistake is a 1 predicted as an 8, once');
    expect(mostCommonMistake(labels, '7710395399')).toBe(
      'The most common mistakes, once each, are a 1 predicted as a 9, a 4 predicted as a 9 and an 8 predicted as a 3',
    );
    expect(mostCommonMistake(labels, labels)).toBe('There is no mistake');
  });

  it('has every fact that a page uses, and none that no page uses', async () => {
    const pages = (await readdir('src/pages')).filter((name) => name.endsWith('.mdx'));
    const text = (await Promise.all(pages.map((name) => readFile(`src/pages/${name}`, 'utf8')))).join('\n');
    const all = factsOf(strong);
    const topics = Object.keys(all).join('|');
    const read = [...text.matchAll(new RegExp(`[={( ](${topics})\\.(\\w+)`, 'g'))];
    // Questions 1 and 3, and 2 and 4, have the same facts, of which each uses what it needs.
    const pairs: Record<string, string> = { q1: 'q1 or q3', q3: 'q1 or q3', q2: 'q2 or q4', q4: 'q2 or q4' };
    const name = (topic: string, fact: string) => `${pairs[topic] ?? topic}: ${fact}`;
    const used = new Set(read.map(([, topic, fact]) => name(topic!, fact!)));
    const known = new Set(
      Object.entries(all).flatMap(([topic, facts]) => Object.keys(facts).map((fact) => name(topic, fact))),
    );
    expect(used).toEqual(known);
  });

  it('says of five equal trainings that neither accuracies nor gaps differ', () => {
    const { trainings, worst, targets } = factsOf(fallen);
    expect(trainings!.count).toBe('five');
    expect(trainings).toMatchObject({
      oneInterval: '0.0 to 0.0\u00a0%',
      gapSpread: '0.0\u00a0points',
      becomes: '3, 3, 3, 3 and 3',
    });
    expect(worst).toMatchObject({
      firstCurve: '40.0\u00a0%',
      first: '10.0\u00a0%',
      largest: '30.0\u00a0points',
    });
    // Of images whose label is not the target: those predicted as the class after their own.
    expect(targets!.shares).toBe('0.0\u00a0% at ε = 0.1 and 11.1\u00a0% at ε = 0.2');
  });

  it('throws on a name that it does not have, with those that it has', () => {
    const { q1 } = factsOf(strong);
    expect(() => q1!.colour).toThrow(/unknown fact of q1: 'colour', expected one of index, label/);
    expect(() => factsOf(strong).q9).toThrow(/unknown topic of the facts: 'q9', expected one of network, q1/);
  });
});

describe('exampleTitle(example)', () => {
  it('says what the network predicts, misclassified or not', () => {
    const attacked = example(5);
    expect(exampleTitle(attacked)).toBe(
      'After five steps at _ε_ = 0.3 the 7 is predicted as an 8, with probability 0.9143',
    );
    expect(exampleTitle({ ...attacked, label: 8 })).toMatch(
      /^After five steps at _ε_ = 0.3 the 8 is still predicted, /,
    );
  });
});
