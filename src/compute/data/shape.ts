// The shape of MNIST's images and the number of their classes: plain constants, for browsers too.

/** Shape of one image, `[height, width, channels]`. */
export const IMAGE_SHAPE = [28, 28, 1] as const;

/** Pixels of one image. */
export const PIXELS = 28 * 28;

/** Number of classes, the digits 0 to 9. */
export const CLASSES = 10;
