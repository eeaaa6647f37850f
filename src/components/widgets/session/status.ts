// The states of the status line, and the words of the widgets for numbers, devices and errors.
import type { InputUnits } from '../../../compute/networks/import/inputUnits.ts';
import { decimal, exponential } from '../../format.ts';
import type { Device } from './protocol.ts';

/** Whether this browser got what the build got. */
export type StateName = 'static' | 'running' | 'reproduced' | 'differs' | 'computed' | 'unavailable';

export interface Status {
  state: StateName;
  details: string;
  /** Whether a count goes on: it is not read aloud. */
  busy?: boolean;
  /** Of a check that found a difference: pixels whose sign differs in the last step, and the probabilities of x*. */
  differences?: {
    differingPixels: readonly number[];
    perturbed: readonly { stored: number; here: number }[];
  };
}

export const titles: Readonly<Record<StateName, string>> = {
  static: 'As built.',
  running: 'Running',
  reproduced: 'Reproduced in this browser',
  differs: 'Differs from the build',
  computed: 'Computed in this browser',
  unavailable: 'As built.',
};

/** The titles where there is no build's result: a network is held against a second computation of its own. */
export const ownTitles: Partial<typeof titles> = {
  static: 'Computed in this browser',
  reproduced: 'Agrees with a second computation on the processor',
  differs: 'Differs from a second computation on the processor',
  unavailable: 'Not computed.',
};

/** A result of the reader's own settings. */
export function computedStatus(predicted: number, device: Device, milliseconds: number): Status {
  return {
    state: 'computed',
    details: `predicted ${predicted} · ${deviceWords(device)} · ${duration(milliseconds)}`,
  };
}

/** Nothing could be run: the build's result stands. */
export function unavailableStatus(error: unknown): Status {
  return { state: 'unavailable', details: `${messageOf(error)} The figure shows the stored result.` };
}

/** A difference in one digit: 0.000003 → "3e−6", exactly 0 → "0". */
export function tiny(value: number): string {
  return value === 0 ? '0' : exponential(value);
}

/** Time as a reader wants it: "41 ms", "2.4 s", "3 min". */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)}\u00a0ms`;
  if (milliseconds < 100_000) return `${decimal(milliseconds / 1000, 1)}\u00a0s`;
  return `${decimal(milliseconds / 60_000)}\u00a0min`;
}

/** What computes: "webgl float32", "webgl float16, a 16-bit device", "cpu float32, without WebGL". */
export function deviceWords({ backend, precision, software, because = 'without WebGL' }: Device): string {
  if (backend === 'cpu') return `cpu ${precision}, ${because}`;
  if (precision === 'float16') return 'webgl float16, a 16-bit device';
  return `webgl ${precision}${software ? ' in software' : ''}`;
}

/** The units of a network's input as a reader calls them. */
export const unitWords: Readonly<Record<InputUnits, string>> = {
  '0..1': '0 to 1',
  '0..255': '0 to 255',
  mnist: 'standardised by MNIST’s mean and deviation',
  '-1..1': '−1 to 1',
};

/** What went wrong, as a sentence. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
