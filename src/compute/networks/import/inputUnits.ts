// The units of a network's input. Images here have pixels in [0, 1]; a network that was trained on others gets a scale layer,
// so that attacks stay in [0, 1].
import type { Layer, Network } from '../layers.ts';

/** x ↦ factor · x + offset, from pixels in [0, 1] to the network's own. Of MNIST: its mean 0.1307 and deviation 0.3081. */
export const inputUnits = {
  '0..1': { factor: 1, offset: 0 },
  '0..255': { factor: 255, offset: 0 },
  mnist: { factor: 1 / 0.3081, offset: -0.1307 / 0.3081 },
  '-1..1': { factor: 2, offset: -1 },
} as const;

/** Name of units that a network may want. */
export type InputUnits = keyof typeof inputUnits;

/** All names, the plainest first. */
export const inputUnitNames = Object.keys(inputUnits) as InputUnits[];

/** Accuracy of a network with its input in each of the units. */
export type UnitAccuracies = Record<InputUnits, number>;

/** The network with its input in these units, by a scale layer that takes on one that is there already. */
export function withUnits<Layered extends Pick<Network, 'layers'>>(
  network: Layered,
  units: InputUnits,
): Layered {
  const outer = inputUnits[units];
  const [first, ...rest] = network.layers;
  const inner = first?.kind === 'scale' ? first : { factor: 1, offset: 0 };
  const factor = outer.factor * inner.factor;
  const offset = outer.offset * inner.factor + inner.offset;
  const others = first?.kind === 'scale' ? rest : network.layers;
  const plain = Math.abs(factor - 1) < 1e-9 && Math.abs(offset) < 1e-9;
  const scale: Layer[] = plain ? [] : [{ name: 'units', kind: 'scale', factor, offset }];
  return { ...network, layers: [...scale, ...others] };
}

/** The units with the highest accuracy, the plainest of equal ones. */
export function bestUnits(accuracies: UnitAccuracies): InputUnits {
  return inputUnitNames.reduce((best, name) => (accuracies[name] > accuracies[best] ? name : best));
}
