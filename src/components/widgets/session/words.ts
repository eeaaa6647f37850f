// Numbers and states in the words of the widgets.
import { decimal, exponential } from '../../format.ts';
import type { InputUnits } from '../../../compute/networks/import/inputUnits.ts';
import type { Device } from './protocol.ts';

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
