// Numbers and states in the words of the widgets.
import { decimal, probability } from '../../format.ts';
import type { Device } from './protocol.ts';

/** ε to three decimals and on the scale of 256 grey levels: "0.300", "76.5". */
export function epsilonWords(epsilon: number): { value: string; of255: string } {
  return { value: decimal(epsilon, 3), of255: decimal(epsilon * 255, 1) };
}

const digits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const;

/** A digit as a noun: "a seven", "an eight". */
export function aDigit(digit: number): string {
  const name = digits[digit];
  if (!name) throw new RangeError(`invalid digit: ${digit}, expected a whole number from 0 to 9`);
  return `${name === 'eight' ? 'an' : 'a'} ${name}`;
}

/** A difference in one digit: 0.000003 → "3e−6", exactly 0 → "0". */
export function tiny(value: number): string {
  return value === 0 ? '0' : value.toExponential(0).replace('-', '\u2212');
}

/** Time as a reader wants it: "41 ms", "2.4 s". */
export function duration(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)}\u00a0ms`
    : `${decimal(milliseconds / 1000, 1)}\u00a0s`;
}

/** What computes: "webgl float32", "webgl float16, a 16-bit device", "cpu float32, without WebGL". */
export function deviceWords({ backend, precision, software }: Device): string {
  if (backend === 'cpu') return `cpu ${precision}, without WebGL`;
  if (precision === 'float16') return 'webgl float16, a 16-bit device';
  return `webgl ${precision}${software ? ' in software' : ''}`;
}

/** What follows "p": "= 0.9588", or "> 0.9999" and "< 0.0001" at the ends. */
export function relation(value: number): string {
  const text = probability(value);
  return /^\d/.test(text) ? `= ${text}` : text;
}

/** What went wrong, as a sentence. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
