// Where the accuracy chart's marker line has its label; scripts that move the marker ask here too.

/** Side of the label: right of the line, left of it, or over the plot where the curve takes the room beside it. */
export type MarkerSide = 'right' | 'left' | 'above';

/**
 * Side of the label of a marker at ε: left above 0.8 of the axis, over the plot below 0.4 of it, otherwise right
 * (on the report's axis, which ends at 0.5, these are 0.4 and 0.2).
 *
 * @throws if ε is not on the axis
 */
export function markerPlacement(epsilon: number, maxEpsilon: number): MarkerSide {
  if (!(epsilon >= 0 && epsilon <= maxEpsilon)) {
    throw new RangeError(`invalid epsilon: ${epsilon}, expected a number from 0 to ${maxEpsilon}`);
  }
  if (epsilon > 0.8 * maxEpsilon) return 'left';
  return epsilon < 0.4 * maxEpsilon ? 'above' : 'right';
}
