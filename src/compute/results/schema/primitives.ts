// The small types of the results: shares, digits, signs, pictures.
import { z } from 'zod';
import { PIXELS } from '../../networks/layers.ts';

/** A SHA-256 in hexadecimal. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal');

/** A number from 0 to 1. */
export const share = z.number().min(0).max(1);

/** ε in [0, 1] pixel units. */
export const epsilon = z.number().min(0).max(1);

/** A class. */
export const digit = z.int().min(0).max(9);

/** Classes of many images, one digit each. */
export const digits = z.string().regex(/^[0-9]+$/, 'expected one digit for each image');

/** Signs of a gradient, pixel by pixel. */
export const signs = z
  .string()
  .regex(new RegExp(`^[-+0]{${PIXELS}}$`), `expected ${PIXELS} of "-", "0", "+"`);

/** Pixels of one image in [0, 1]. */
export const image = z.array(share).length(PIXELS);

/** Index of a test image. */
export const index = z.int().min(0).max(9_999);

/** Number of steps k. */
export const steps = z.int().positive();

/** A count. */
export const count = z.int().nonnegative();
