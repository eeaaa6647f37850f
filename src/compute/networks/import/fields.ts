// Fields of a JSON description, each checked as it is read.
import { scalar, type NumberArray } from './array.ts';
import { check } from './refusal.ts';

/** The fields of an object of the file. */
export type Fields = Readonly<Record<string, unknown>>;

/** A value that has to be an object. Throws a Refusal, like all of these. */
export function fieldsOf(value: unknown, where: string): Fields {
  const fits = value !== null && typeof value === 'object' && !Array.isArray(value);
  check(fits, where, 'it is missing or no object, expected the description of a tfjs layers model');
  return value as Fields;
}

/** A value that has to be a list. */
export function listOf(value: unknown, where: string): unknown[] {
  check(Array.isArray(value), where, 'it is missing or no list, expected that of a tfjs layers model');
  return value;
}

/** Whole numbers; null, which stands for the batch, becomes -1. */
export function numbersOf(value: unknown, where: string): number[] {
  return listOf(value, where).map((one) => {
    const number = one ?? -1;
    check(Number.isInteger(number), where, `${JSON.stringify(one)}, expected a whole number`);
    return number as number;
  });
}

/** Two whole numbers; one stands for both. */
export function pairOf(value: unknown, where: string, field: string): [number, number] {
  const pair = typeof value === 'number' ? [value, value] : numbersOf(value, `${where}, ${field}`);
  check(pair.length === 2, where, `${field} of ${JSON.stringify(value)}, expected two numbers`);
  return pair as [number, number];
}

/** A number, as an array without axes. */
export function numberOf(value: unknown, where: string): NumberArray {
  check(typeof value === 'number', where, `${JSON.stringify(value)}, expected a number`);
  return scalar(value);
}
