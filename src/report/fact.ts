// A number of the prose: the value that the results give and the text that the page prints.
import {
  count,
  decimal,
  epsilon,
  of255,
  percent,
  percentagePoints,
  probability,
} from '../components/format.ts';

/** What a page prints for a name, and the value behind it. */
export interface Fact {
  value: number;
  text: string;
}

/** Facts by name; names are dotted, the section first. */
export type Facts = Record<string, Fact>;

const written = (write: (value: number) => string) => (value: number) => ({ value, text: write(value) });

/** A share as a percentage. */
export const share = written(percent);
/** A difference of shares in points. */
export const points = written(percentagePoints);
/** A difference of shares in points, its sign left to the sentence. */
export const pointsApart = written((value) => `${decimal(Math.abs(value) * 100, 1)}\u00a0points`);
/** A probability. */
export const chance = written(probability);
/** A whole number. */
export const whole = written(count);
/** A budget or step in pixel units. */
export const budget = written(epsilon);
/** A budget read off between the grid's values. */
export const between = written((value) => decimal(value, 3));
/** A budget on the scale of 256 grey levels. */
export const grey = written(of255);
/** A loss: two decimals, four where two would round it away. */
export const loss = written((value) => decimal(value, value < 0.1 ? 4 : 2));
