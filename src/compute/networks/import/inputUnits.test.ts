import { expect, it } from 'vitest';
import { drawnNetwork, everyKind } from '../../testing/networks.ts';
import { createReference } from '../referenceGradient.ts';
import { bestUnits, inputUnitNames, inputUnits, withUnits } from './inputUnits.ts';

it.each(inputUnitNames)(
  'withUnits(network, %j) gives of x what the network gives of x in its own units',
  (name) => {
    const image = Array.from({ length: 784 }, (_, i) => (i % 11) / 10);
    const { factor, offset } = inputUnits[name];
    // Once with a scale of its own first, and once without.
    for (const architecture of [everyKind, undefined]) {
      const network = drawnNetwork({ bias: 0.1, architecture });
      const expected = createReference(network)(
        image.map((x) => factor * x + offset),
        0,
      ).logits;
      const found = createReference(withUnits(network, name))(image, 0).logits;
      found.forEach((z, i) => expect(z).toBeCloseTo(expected[i]!, 9));
    }
  },
);

it('withUnits(network, units) needs no layer where a scale of the file undoes the units', () => {
  const { layers, ...rest } = drawnNetwork();
  const scaled = {
    ...rest,
    layers: [{ name: 'scale1', kind: 'scale', factor: 1 / 255, offset: 0 } as const, ...layers],
  };
  expect(withUnits(scaled, '0..255').layers).toEqual(layers);
});

it('bestUnits(accuracies) takes the highest, and the plainest of equal ones', () => {
  expect(bestUnits({ '0..1': 0.1, '0..255': 0.9, mnist: 0.98, '-1..1': 0.97 })).toBe('mnist');
  expect(bestUnits({ '0..1': 0.9, '0..255': 0.9, mnist: 0.5, '-1..1': 0.9 })).toBe('0..1');
});
