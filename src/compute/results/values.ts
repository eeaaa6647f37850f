// The values of which results are made: shares, digits, signs, images, and where a result came from.
import { z } from 'zod';
import { CLASSES, PIXELS } from '../data/shape.ts';

/** A SHA-256 in hexadecimal. */
export const digest = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal');
const hashes = z.record(z.string(), digest);
export const share = z.number().min(0).max(1);
/** Ten probabilities in class order. */
export const probabilities = z.array(share).length(CLASSES);
export const count = z.int().nonnegative();
/** Cross-entropy of the true label. */
export const loss = z.number().nonnegative();
/** ε in [0, 1] pixel units. */
export const epsilon = z.number().min(0).max(1);
export const steps = z.int().positive();
export const digit = z.int().min(0).max(9);
/** Classes of many images, one digit each. */
export const digits = z.string().regex(/^[0-9]+$/, 'expected one digit for each image');
/** Index of a test image. */
export const index = z.int().min(0).max(9_999);
export const images = { indices: z.array(index), labels: digits };
/** Pixels of one image in [0, 1]. */
export const image = z.array(share).length(PIXELS);
/** Signs of a gradient, pixel by pixel. */
export const signs = z
  .string()
  .regex(new RegExp(`^[-+0]{${PIXELS}}$`), `expected ${PIXELS} of "-", "0", "+"`);

/** What the network says of one image: ten logits and ten probabilities in class order, as float32 left them. */
export const prediction = z.strictObject({ logits: z.array(z.number()).length(CLASSES), probabilities });

export type Prediction = z.infer<typeof prediction>;

/** Where a result came from; nothing in it differs between two equal runs. */
const provenance = z.strictObject({
  stage: z.string(),
  /** SHA-256 of the stage's own code, what it imports included. */
  code: digest,
  /** The options that the stage depends on. */
  options: z.unknown(),
  /** Versions of the packages that computed it. */
  packages: z.record(z.string(), z.string()),
  backend: z.strictObject({ name: z.string(), identity: z.string(), device: z.string() }),
  /** SHA-256 of the earlier results that it was computed from. */
  inputs: hashes,
  /** SHA-256 of the MNIST files. */
  data: hashes,
  /** SHA-256 of the listed modules, as they stand in the listings. */
  source: hashes,
});

export type Provenance = z.infer<typeof provenance>;

/** A result on disk: where it came from, and what it is. */
export function resultOf<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject({ provenance, ...shape });
}

/** What an epoch of training came to. */
export const trainingEpoch = z.strictObject({
  epoch: z.int().positive(),
  learningRate: z.number().nonnegative(),
  loss,
  accuracy: share,
  validationLoss: loss,
  validationAccuracy: share,
});

/** What the sign is taken of; the cross-entropy as JAX and PyTorch write it, and as tfjs does. */
export const lossName = z.enum(['margin', 'logSoftmax', 'crossEntropy']);

/** One sweep over ε: `predicted[i]` holds one digit for each image at `epsilons[i]`. */
export const sweep = z.strictObject({
  attack: z.enum(['fgsm', 'iterativeFgsm']),
  loss: lossName,
  steps,
  clip: z.boolean(),
  epsilons: z.array(epsilon).min(1),
  indices: z.array(index).min(1),
  labels: digits,
  predicted: z.array(digits).min(1),
  zeroGradients: z.array(count),
});

export type Sweep = z.infer<typeof sweep>;
