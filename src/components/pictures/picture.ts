// MNIST images and their changes as pixels of a picture: what a canvas or an encoder takes.

/** Pixels as RGBA, row by row. */
export interface Picture {
  width: number;
  height: number;
  data: Uint8ClampedArray<ArrayBuffer>;
}

/** Side of an MNIST image in pixels. */
export const side = 28;

/** Colours of −ε and +ε as red, green, blue; 0 is transparent, so it is the ground in either theme. */
const scaleEnds = { negative: [100, 145, 58], positive: [176, 85, 148] } as const;

/** How far float32 arithmetic may carry a change beyond ε. */
const tolerance = 1e-6;

/**
 * A digit as black ink, its opacity the pixel's value (round(255·v)): 0 shows the ground, 1 is black. The dark theme
 * inverts it by style.
 *
 * @param pixels 784 values in [0, 1], row by row
 * @throws if there are not 784 values, or one lies outside [0, 1]
 */
export function digitPicture(pixels: ArrayLike<number>): Picture {
  return paint(pixels, (value, i) => {
    if (!(value >= 0 && value <= 1))
      throw new RangeError(`invalid pixel ${i}: ${value}, expected a number from 0 to 1`);
    return [0, 0, 0, Math.round(255 * value)];
  });
}

/**
 * A change of each pixel: the colour of its sign, opacity |v|/ε.
 *
 * @param change 784 values in [−ε, ε], row by row
 * @throws if there are not 784 values, or one is not within ε of 0
 */
export function changePicture(change: ArrayLike<number>, epsilon: number): Picture {
  return paint(change, (value, i) => {
    if (!(Math.abs(value) <= epsilon + tolerance)) {
      throw new RangeError(
        `invalid change of pixel ${i}: ${value}, expected a number from −${epsilon} to ${epsilon}`,
      );
    }
    const opacity = Math.min(255, Math.round((255 * Math.abs(value)) / epsilon));
    if (opacity === 0) return [0, 0, 0, 0];
    return [...(value < 0 ? scaleEnds.negative : scaleEnds.positive), opacity];
  });
}

/**
 * An image in MNIST's own polarity, 0 black and 255 white: for downloads.
 *
 * @param bytes 784 whole numbers from 0 to 255, row by row
 * @throws if there are not 784 of them
 */
export function greyPicture(bytes: ArrayLike<number>): Picture {
  return paint(bytes, (value, i) => {
    if (!Number.isInteger(value) || value < 0 || value > 255)
      throw new RangeError(`invalid byte ${i}: ${value}, expected a whole number from 0 to 255`);
    return [value, value, value, 255];
  });
}

function paint(
  values: ArrayLike<number>,
  colour: (value: number, i: number) => [red: number, green: number, blue: number, opacity: number],
): Picture {
  if (values.length !== side * side)
    throw new RangeError(`invalid image: ${values.length} values, expected ${side * side}`);
  const data = new Uint8ClampedArray(4 * values.length);
  for (let i = 0; i < values.length; i++) data.set(colour(values[i]!, i), 4 * i);
  return { width: side, height: side, data };
}

/** The picture with each pixel as a square of `scale` × `scale` equal ones. */
export function enlarge({ width, height, data }: Picture, scale: number): Picture {
  const large = new Uint8ClampedArray(4 * width * height * scale * scale);
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const target = new Uint32Array(large.buffer);
  for (let row = 0; row < height * scale; row++) {
    const from = Math.floor(row / scale) * width;
    for (let column = 0; column < width * scale; column++) {
      target[row * width * scale + column] = pixels[from + Math.floor(column / scale)]!;
    }
  }
  return { width: width * scale, height: height * scale, data: large };
}
