// What must hold between the results of the other networks, and the marks that the defended one has to reach.
import { describe, expect, it } from 'vitest';
import { accuracy, curve, rowAt } from '../../src/compute/results/curve.ts';
import { otherNames } from '../../src/compute/results/networkNames.ts';
import type { Sweep } from '../../src/compute/results/schemas.ts';
import { readResult } from '../../src/compute/results/readResult.ts';

const [evaluation, fgsm, iterative, networkCurves, worst, transfer, precision] = await Promise.all([
  readResult('evaluation'),
  readResult('fgsm-curve'),
  readResult('iterative-curve'),
  readResult('network-curves'),
  readResult('worst-case'),
  readResult('transfer'),
  readResult('defended-precision'),
]);
const curves: Record<string, { one: Sweep; several: Sweep }> = {
  'mnist-cnn': { one: fgsm.clipped, several: iterative.clipped },
  ...Object.fromEntries(
    networkCurves.networks.map(({ name, fgsm: one, iterative: several }) => [name, { one, several }]),
  ),
};
const left = (bits: string) => (bits.split('1').length - 1) / worst.labels.length;

describe('the results of the other networks', () => {
  it('are of five different trainings and the defended network, on the images of the report', () => {
    expect(Object.keys(curves)).toEqual(['mnist-cnn', ...otherNames, 'mnist-cnn-defended']);
    for (const { one, several } of Object.values(curves))
      for (const sweep of [one, several]) expect(sweep.indices).toEqual(fgsm.clipped.indices);
    expect(new Set(Object.values(curves).map(({ one }) => one.predicted.join())).size).toBe(6);
  });

  it('leave no more in the worst case than after several steps, image by image', () => {
    for (const { network, epsilon, spared } of worst.rows) {
      const { several } = curves[network]!;
      expect(left(spared.at(-1)!)).toBeLessThanOrEqual(rowAt(curve(several), epsilon).accuracy);
      const after = several.predicted[several.epsilons.indexOf(epsilon)]!;
      for (const [i, bit] of [...spared.at(-1)!].entries())
        if (bit === '1') expect(after[i]).toBe(worst.labels[i]);
      for (let i = 1; i < spared.length; i++)
        expect([...spared[i]!].every((bit, j) => bit <= spared[i - 1]![j]!)).toBe(true);
    }
  });

  it('have the curves on the diagonal of the transfer', () => {
    for (const { epsilon, steps, predicted } of transfer.attacks)
      for (const [i, name] of transfer.networks.entries()) {
        const sweep = curves[name]![steps === 1 ? 'one' : 'several'];
        expect(predicted[i]![i]).toBe(sweep.predicted[sweep.epsilons.indexOf(epsilon)]);
      }
  });
});

describe('the network trained against the attack', () => {
  it('keeps 97.5 % of the test set, and 85 % at 0.1 in the worst case, where the first keeps less than 35 %', () => {
    const { predicted } = networkCurves.networks.at(-1)!;
    expect(accuracy(evaluation.labels, predicted).value).toBeGreaterThanOrEqual(0.975);
    const at = (network: string) =>
      left(worst.rows.find((row) => row.network === network && row.epsilon === 0.1)!.spared.at(-1)!);
    expect(at('mnist-cnn-defended')).toBeGreaterThanOrEqual(0.85);
    expect(at('mnist-cnn')).toBeLessThan(0.35);
  });

  it('has the signs of its float64 gradient on every pixel', () => {
    expect(precision.wrongSigns.every((pixels) => pixels === 0)).toBe(true);
  });
});
