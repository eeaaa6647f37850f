import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { weightSpecs } from '../src/compute/networks/layers.ts';
import { mnistCnn } from '../src/compute/networks/mnistCnn.ts';
import { reportOptions } from '../src/compute/options.ts';

const script = readFileSync(new URL('problem1.py', import.meta.url), 'utf8');

/** The number that the script gives a name. */
function constant(name: string): number {
  const [, value] = new RegExp(`^${name} = ([\\d_.e-]+)`, 'm').exec(script) ?? [];
  return Number(value?.replaceAll('_', ''));
}

it('problem1.py attacks and trains with the options of the report', () => {
  const { example, sweep, training } = reportOptions;
  const expected = {
    ...{ TARGET_CLASS: example.label, EPSILON: example.epsilon, STEPS: example.steps },
    ...{ TRAINING_IMAGES: training.images, EPOCHS: training.epochs, BATCH_SIZE: training.batchSize },
    ...{ LEARNING_RATE: training.learningRate, MAX_SHIFT: training.maxShift },
  };
  for (const [name, value] of Object.entries(expected)) expect(constant(name), name).toBe(value);
  const { epsilonDenominator, epsilonCount } = sweep;
  expect(script).toContain(`EPSILONS = [i / ${epsilonDenominator} for i in range(${epsilonCount})]`);
  const adam = [training.beta1, training.beta2, training.adamEpsilon].join(', ');
  expect(script).toContain(`ADAM_BETA1, ADAM_BETA2, ADAM_EPSILON = ${adam}`);
});

it('problem1.py has the network of the report', () => {
  for (const { name, shape } of weightSpecs(mnistCnn.layers)) {
    expect(script).toContain(`"${name}": (${shape.join(', ')}${shape.length === 1 ? ',' : ''}),`);
  }
});
