/** An image whose prediction changes between one ε and the next. */
export interface Flip {
  /** Its place among the images of the sweep. */
  place: number;
  from: string;
  to: string;
}

/**
 * Images whose prediction differs between an ε of the grid and the one before.
 *
 * @param predicted one digit for each image, ε by ε
 * @param at place of the ε on the grid; at the first there is nothing before it
 */
export function flipsBetween(predicted: readonly string[], at: number): Flip[] {
  const [before, after] = [predicted[at - 1], predicted[at]];
  if (before === undefined || after === undefined) return [];
  return Array.from(before).flatMap((from, place) => {
    const to = after[place]!;
    return from === to ? [] : [{ place, from, to }];
  });
}
