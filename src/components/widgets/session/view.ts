import type { InputUnits } from '../../../compute/networks/import/inputUnits.ts';
import type { EpsilonCurve } from './epsilonCurve.ts';
import { builtResult, type AttackResult, type BuiltExample } from './example.ts';
import { firstState, type WidgetState } from './state.ts';
import type { Status } from './status.ts';

/** A network beside the report's own. */
export interface NamedNetwork {
  name: string;
  /** Its name in addresses; a reader's own file has none. */
  address?: string | undefined;
  /** The units of its input, and the SHA-256 of its files. */
  units: InputUnits;
  sha256: string;
}

/** What a widget shows. */
export interface View {
  /** The network that all of it is of; the report's own if left out. */
  network?: NamedNetwork;
  state: WidgetState;
  result: AttackResult;
  /** Whether the result is the build's own. */
  built: boolean;
  /** A sentence stands in for a curve that is not there. */
  curve: EpsilonCurve | string;
  status: Status;
}

/** The build's result, as it is shown before anything has run. */
export function builtView(example: BuiltExample): View {
  const { index, epsilon, path, curve } = example;
  return {
    state: firstState(index, epsilon, path.length),
    result: builtResult(example),
    built: true,
    curve: curveFromText(curve),
    status: { state: 'static', details: 'Not yet re-run in this browser.' },
  };
}

function curveFromText(curve: BuiltExample['curve']): EpsilonCurve {
  const lists = Object.entries(curve).map(([name, text]) => [name, text.split(' ').map(Number)] as const);
  return Object.fromEntries(lists) as unknown as EpsilonCurve;
}
