// What an attack changed: a diverging scale around the ground.
import { checkLength, side, type Picture } from './digitPicture.ts';

/** Colours of −ε and +ε as red, green, blue; 0 is transparent, so it is the ground in either theme. */
const scaleEnds = { negative: [100, 145, 58], positive: [176, 85, 148] } as const;

/** How far float32 arithmetic may carry a change beyond ε. */
const tolerance = 1e-6;

/**
 * A change of each pixel: the colour of its sign, opacity |v|/ε.
 *
 * @param change 784 values in [−ε, ε], row by row
 * @throws if there are not 784 values, ε is not positive, or a value is not within ε of 0
 */
export function changePicture(change: ArrayLike<number>, epsilon: number): Picture {
  checkLength(change);
  if (!(epsilon > 0 && epsilon <= 1)) {
    throw new RangeError(`invalid epsilon: ${epsilon}, expected a number above 0 and up to 1`);
  }
  const data = new Uint8ClampedArray(4 * change.length);
  for (let i = 0; i < change.length; i++) {
    const value = change[i]!;
    if (!(Math.abs(value) <= epsilon + tolerance)) {
      throw new RangeError(
        `invalid change of pixel ${i}: ${value}, expected a number from −${epsilon} to ${epsilon}`,
      );
    }
    const opacity = Math.round((255 * Math.abs(value)) / epsilon);
    if (opacity === 0) continue;
    const colour = value < 0 ? scaleEnds.negative : scaleEnds.positive;
    data.set([...colour, Math.min(255, opacity)], 4 * i);
  }
  return { width: side, height: side, data };
}
