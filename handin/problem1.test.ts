import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mnistFiles } from '../src/compute/data/mnist.ts';
import { mnistCnn, weightSpecs } from '../src/compute/networks/layers.ts';
import { reportOptions } from '../src/compute/options.ts';

const script = readFileSync(new URL('problem1.py', import.meta.url), 'utf8');

/** The number that the script gives a name. */
function constant(name: string): number {
  const [, value] = new RegExp(`^${name} = ([\\d_.e-]+)`, 'm').exec(script) ?? [];
  return Number(value?.replaceAll('_', ''));
}

it('problem1.py attacks with the options of the report', () => {
  const { example, sweep } = reportOptions;
  const expected = { TARGET_CLASS: example.label, EPSILON: example.epsilon, STEPS: example.steps };
  for (const [name, value] of Object.entries(expected)) expect(constant(name), name).toBe(value);
  const { epsilonDenominator, epsilonCount } = sweep;
  expect(script).toContain(`EPSILONS = [i / ${epsilonDenominator} for i in range(${epsilonCount})]`);
  expect(script).toContain(
    `.choice(len(images), ${sweep.images.toLocaleString('en').replace(',', '_')}, replace=False)`,
  );
});

it('problem1.py reads the weights of the report by their names, and checks MNIST by its hashes', () => {
  const [, layers] = /^LAYERS = \((.*)\)$/m.exec(script)!;
  const names = layers!
    .split(', ')
    .flatMap((layer) => ['kernel', 'bias'].map((part) => `${JSON.parse(layer)}/${part}`));
  expect(names).toEqual(weightSpecs(mnistCnn.layers).map(({ name }) => name));
  for (const name of ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'] as const) {
    expect(script).toContain(`"${name}": "${mnistFiles[name]}"`);
  }
});
