// What the figures show, worked out by hand on sweeps of four images, and what they say of results that other networks may have.
import { describe, expect, it } from 'vitest';
import type { FgsmCurve, IterativeCurve, RandomSigns, Sweep } from '../../compute/results/schemas.ts';
import { fgsmCurve, fgsmUnclipped, iterativeCurve } from './accuracyCurves.ts';
import { fgsmAlongEpsilon } from './alongEpsilon.ts';
import { evaluation, fooledClasses } from './classMatrix.ts';
import { figureNames, figures } from './figures.ts';
import { example, fixtures } from './fixtures.ts';
import { galleryTitle } from './gallery.ts';
import { fgsmCrossEntropy, precision } from './precision.ts';
import { randomSigns } from './randomSigns.ts';
import { smallestEpsilon } from './smallestEpsilon.ts';
import { stepsCurve } from './stepsCurve.ts';

const { provenance } = fixtures.training;
const sweep = (predicted: string[], steps = 1): Sweep => ({
  attack: steps === 1 ? 'fgsm' : 'iterativeFgsm',
  loss: 'margin',
  steps,
  clip: true,
  epsilons: [0, 0.1, 0.2],
  indices: [3, 5, 8, 9],
  labels: '7777',
  predicted,
  zeroGradients: [0, 0, 0],
});
const clipped = sweep(['7771', '7731', '3331']);
const fgsm: FgsmCurve = {
  provenance,
  clipped,
  unclipped: sweep(['7771', '3331', '3331']),
  firstImages: sweep(['7777', '7777', '7777']),
  crossEntropy: sweep(['7771', '7771', '3331']),
};
const several = sweep(['7771', '3331', '3731'], 5);
const iterative: IterativeCurve = { provenance, clipped: several, unclipped: several, firstImages: several };
const networks = fixtures['network-curves'];
const both = { 'fgsm-curve': fgsm, 'iterative-curve': iterative, 'network-curves': networks };
const random: RandomSigns = {
  provenance,
  epsilons: [0.1, 0.3],
  indices: clipped.indices,
  labels: '7777',
  predicted: [
    ['7771', '7711'],
    ['1111', '1111'],
  ],
  unclipped: [['7777'], ['7777']],
};

describe('accuracy curves', () => {
  it('take the accuracies over all images, and where they fall to a half', () => {
    const { images, series, marker } = fgsmCurve.data(both);
    expect(images).toBe(4);
    expect(series[0].rows.map(({ accuracy }) => accuracy)).toEqual([0.75, 0.5, 0]);
    expect(series[0].half).toBeCloseTo(0.1, 12);
    expect(marker).toBeUndefined();
    expect(fgsmCurve.data(fixtures).marker).toBe(0.3);
    expect(fgsmCurve.title(fgsmCurve.data(both))).toBe(
      'Accuracy falls to a half at _ε_ ≈ 0.100, or 25.5 of 255',
    );
  });

  it('name the steps of the iterative attack and their size', () => {
    const data = iterativeCurve.data(both);
    expect(data.series.map(({ name }) => name)).toEqual(['FGSM, one step', 'Five steps']);
    expect(data.stepsPerEpsilon).toBe(5);
    expect(iterativeCurve.title(data)).toBe(
      'With five steps accuracy falls to a half at _ε_ ≈ 0.033, with one at 0.100',
    );
  });

  it('set a sweep beside the one without the clip', () => {
    const data = fgsmUnclipped.data(both);
    expect(data.series.map(({ name, style }) => `${style}: ${name}`)).toEqual([
      'fgsm: Clipped',
      'comparison: Not clipped',
    ]);
    expect(fgsmUnclipped.title(data)).toBe(
      'After one step at _ε_ = 0.1 accuracy is 50.0\u00a0% with the clip, 0.0\u00a0% without',
    );
  });
});

describe('fgsmAlongEpsilon', () => {
  const along = (...margins: number[]) =>
    fgsmAlongEpsilon.data({
      'fgsm-example': {
        ...example(1),
        alongEpsilon: margins.map((margin, i) => ({
          epsilon: i / 10,
          // Nine rivals of logit 0 have the logsumexp log 9.
          prediction: {
            logits: Array.from({ length: 10 }, (_, j) => (j === 7 ? Math.log(9) - margin : 0)),
            probabilities: [],
          },
        })),
      },
    });

  it('takes margin and loss from the logits, up to the epsilon of question 1', () => {
    const { rows, crossing } = along(-3, 1, 2, 3, 4);
    expect(rows.map(({ epsilon }) => epsilon)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(rows[1]!.margin).toBeCloseTo(1, 12);
    expect(rows[1]!.loss).toBeCloseTo(Math.log(1 + Math.E), 12);
    expect(crossing).toBeCloseTo(0.075, 12);
  });

  it.each([
    [[-3, 1, 2, 3], 'By _ε_ ≈ 0.075 the margin has climbed from −3.0 to 0, the loss from 0.0486 to 0.6931'],
    [[-3, -2, -1, -1], 'Up to _ε_ = 0.3 the margin of the 7 does not rise to 0'],
    [[1, 2, 1, 2], 'Up to _ε_ = 0.3 the margin of the 7 stays above 0'],
  ])('says where the margin of %s is 0', (margins, title) => {
    expect(fgsmAlongEpsilon.title(along(...margins))).toBe(title);
  });
});

describe('galleryTitle(rows)', () => {
  it('counts what is misclassified', () => {
    const cells = [1, 2, 3].map((label) => ({ label, probability: 1 }));
    const predicted = (epsilon: number, ...classes: number[]) => ({
      epsilon,
      cells: cells.map((cell, i) => ({ ...cell, predicted: classes[i]! })),
    });
    expect(galleryTitle([predicted(0, 1, 2, 3), predicted(0.1, 1, 2, 9), predicted(0.3, 9, 9, 9)])).toBe(
      'Misclassified of these three images: one at _ε_ = 0.1, three at 0.3',
    );
  });
});

describe('smallestEpsilon', () => {
  it('counts first misclassifications of images classified correctly at 0', () => {
    const data = smallestEpsilon.data(both);
    expect(data.attacks[0]).toMatchObject({ counts: [0, 1, 2], never: 0 });
    // The second image flips at 0.1 and back at 0.2: its smallest ε stays 0.1.
    expect(data.attacks[1]).toMatchObject({ counts: [0, 3, 0], never: 0 });
    expect(smallestEpsilon.title(data)).toBe(
      'An _ε_ of 0.1 or less is enough for 33.3\u00a0% of the images in one step, for 100.0\u00a0% in five steps',
    );
    const held = { ...fgsm, clipped: sweep(['7777', '7777', '7377']) };
    const { attacks } = smallestEpsilon.data({ ...both, 'fgsm-curve': held });
    expect(attacks[0]).toMatchObject({ never: 3 });
  });
});

describe('fgsmCrossEntropy', () => {
  it('is accuracy under either form of the cross-entropy less that under the margin', () => {
    const logSoftmax = sweep(['7771', '7331', '3331']);
    const data = fgsmCrossEntropy.data({ ...both, precision: { ...fixtures.precision, logSoftmax } });
    const differences = data[0]!.rows.map(({ epsilon }, i) => [
      epsilon,
      ...data.map(({ rows }) => rows[i]!.value),
    ]);
    expect(differences).toEqual([
      [0, 0, 0],
      [0.1, 0.25, -0.25],
      [0.2, 0, 0],
    ]);
    expect(fgsmCrossEntropy.title(data)).toBe(
      'Wrong signs change the curve by at most +25.0\u00a0points with tfjs’s softmax, −25.0\u00a0points with log-softmax',
    );
  });
});

describe('stepsCurve', () => {
  it('has a line for each epsilon', () => {
    const data = stepsCurve.data({
      'steps-curve': {
        provenance,
        epsilons: [0.1],
        steps: [1, 2],
        indices: [1, 2],
        labels: '12',
        predicted: [['12', '22']],
      },
    });
    expect(data.lines[0]!.rows.map(({ steps, value }) => [steps, value])).toEqual([
      [1, 1],
      [2, 0.5],
    ]);
    expect(stepsCurve.title(data)).toBe(
      'At _ε_ = 0.1 accuracy is 100.0\u00a0% after one step and 50.0\u00a0% after two',
    );
  });
});

describe('randomSigns', () => {
  it('stands between the unperturbed images and the attacks', () => {
    const data = randomSigns.data({ ...both, 'random-signs': random });
    expect(data.rows.map(({ name, accuracies }) => [name, ...accuracies])).toEqual([
      ['Unperturbed', 0.75],
      ['_ε_ = 0.1, random signs', 0.75, 0.5],
      ['_ε_ = 0.1, one step', 0.5],
      ['_ε_ = 0.1, five steps', 0],
      ['_ε_ = 0.3, random signs', 0, 0],
    ]);
    expect(randomSigns.title(data)).toBe(
      'At _ε_ = 0.1 random signs leave 62.5\u00a0%, those of the gradient 50.0\u00a0%',
    );
  });

  it('leaves out attacks whose grid lacks its epsilon', () => {
    const elsewhere = randomSigns.data({ ...both, 'random-signs': { ...random, epsilons: [0.3] } });
    expect(elsewhere.rows).toHaveLength(2);
    expect(randomSigns.title(elsewhere)).toBe('At _ε_ = 0.3 random signs leave 62.5\u00a0%');
  });
});

describe('class matrices', () => {
  const matrix = (labels: string, predicted: string) =>
    evaluation.data({ ...fixtures, evaluation: { provenance, labels, predicted } });

  it('count true class by row', () => {
    const counts = matrix('017', '011');
    expect([counts[0]![0], counts[1]![1], counts[7]![1], counts[1]![7]]).toEqual([1, 1, 1, 0]);
  });

  it.each([
    ['77712', '33112', 'Most common: 7 predicted as 3, 2 times'],
    ['7712', '3112', 'Most common: 7 predicted as 1 and 7 predicted as 3, 1 time each'],
    ['0123', '1234', 'No two classes are mistaken more often than 1 time'],
    ['0123', '0123', 'No image is misclassified'],
  ])('name what is mistaken most, ties as ties: %s predicted as %s', (labels, predicted, title) => {
    expect(fooledClasses.title(matrix(labels, predicted))).toBe(title);
  });
});

describe('precision', () => {
  it('writes every power of ten of its axis alike', () => {
    const ticks = [...precision.bind('precision', fixtures).svg('small').querySelectorAll('.tick text')];
    const powers = ticks.map(({ textContent }) => textContent).filter((text) => text.includes('e'));
    expect(powers.length).toBeGreaterThan(1);
    for (const text of powers) expect(text).toMatch(/^1e−\d+$/);
  });

  it('sums up by the power of ten of 1 − p, and keeps each image for the file', () => {
    const data = {
      doubt: [0.02, 0, 3e-6, 5e-6],
      wrongSigns: { margin: [0, 0, 0, 1], logSoftmax: [0, 300, 0, 0], crossEntropy: [0, 700, 0, 9] },
    };
    expect(precision.table(data).rows).toEqual([
      ['0', 1, 1, 700, 1, 300, 0, 0],
      ['1e−6', 2, 1, 9, 0, 0, 1, 1],
      ['1e−2', 1, 0, 0, 0, 0, 0, 0],
    ]);
    expect(precision.values!(data).rows).toEqual([
      [0.02, 0, 0, 0],
      [0, 700, 300, 0],
      [3e-6, 0, 0, 0],
      [5e-6, 9, 0, 1],
    ]);
  });
});

/** The fixtures with sweeps in which the share of the images that are classified correctly is `left(i)` at the i-th ε. */
function withCurves(left: (i: number) => number) {
  const changed = (one: Sweep): Sweep => ({
    ...one,
    predicted: one.epsilons.map((_epsilon, i) =>
      [...one.labels]
        .map((label, j) => (j < left(i) * one.labels.length ? label : String((Number(label) + 1) % 10)))
        .join(''),
    ),
  });
  const curves = <Curves extends object>(all: Curves) =>
    Object.fromEntries(
      Object.entries(all).map(([key, value]: [string, unknown]) => [
        key,
        key === 'provenance' ? value : changed(value as Sweep),
      ]),
    ) as Curves;
  return {
    ...fixtures,
    'fgsm-curve': curves(fixtures['fgsm-curve']),
    'iterative-curve': curves(fixtures['iterative-curve']),
  };
}

describe.each([
  ['no image is ever lost', () => 1],
  ['the network is right in 11 % of the cases', () => 0.11],
  ['all are lost at the first ε', (i: number) => (i === 0 ? 0.98 : 0)],
  ['half are left to the end', (i: number) => (i === 0 ? 0.98 : 0.5)],
])('when %s', (_case, left) => {
  it.each(figureNames)('%s is drawn inside its frame and says no more than is so', (name) => {
    const { title, html, svg } = figures[name].bind(name, withCurves(left));
    expect(`${title} ${html()}`).not.toMatch(/NaN|undefined|Infinity/);
    for (const text of svg('wide').querySelectorAll('text')) {
      const x = Number(text.getAttribute('x'));
      const [from, to] =
        text.getAttribute('text-anchor') === 'end' ? [x - 6.5 * text.textContent.length, x] : [x, x];
      expect(from, text.textContent).toBeGreaterThanOrEqual(-16);
      expect(to, text.textContent).toBeLessThanOrEqual(948);
    }
  });
});

describe('titles of curves that do not fall to a half', () => {
  it('say where they begin and end', () => {
    const { title } = figures['fgsm-curve'].bind(
      'fgsm-curve',
      withCurves(() => 0.11),
    );
    expect(title).toBe('With one step accuracy goes from 11.0\u00a0% to 11.0\u00a0% at _ε_ = 0.5');
  });
});
