// Every result on disk: its schema, from which its type is inferred and declared nowhere else.
import { z } from 'zod';
import { PIXELS } from '../data/shape.ts';
import { networkSchemas } from './networkSchemas.ts';
import {
  count,
  digest,
  digit,
  digits,
  epsilon,
  image,
  images,
  index,
  loss,
  lossName,
  prediction,
  probabilities,
  resultOf,
  share,
  signs,
  steps,
  sweep,
  trainingEpoch,
} from './values.ts';

const training = resultOf({ epochs: z.array(trainingEpoch) });

/** The network on the unperturbed test images, in order. */
const evaluation = resultOf({ labels: digits, predicted: digits });

/** Questions 1 and 3: one image, attacked. */
const example = resultOf({
  index,
  label: digit,
  epsilon,
  steps,
  original: z.strictObject({ image, prediction, loss }),
  /** Each step: the signs taken at x_{t−1} and what they lead to. */
  path: z.array(z.strictObject({ signs, perturbed: image, prediction, loss })).min(1),
  /** x* rounded to bytes towards x, and predicted again. */
  quantised: z.strictObject({ pixels: z.array(z.int().min(0).max(255)).length(PIXELS), prediction }),
  /** The same image at each ε of a finer grid. */
  alongEpsilon: z.array(z.strictObject({ epsilon, prediction })).min(1),
  /** Test images of this class: how many, how many read correctly, how many of those flip at this ε. */
  sameClass: z.strictObject({ images: count, correct: count, flipped: count }),
});

/** Question 4: iterative FGSM against ε, with the curves that it is compared with. */
const iterativeCurve = resultOf({ clipped: sweep, unclipped: sweep, firstImages: sweep });

/** Question 2: FGSM against ε, compared with the cross-entropy's own signs too. */
const fgsmCurve = iterativeCurve.extend({ crossEntropy: sweep });

/** Accuracy against the number of steps: `predicted[i][j]` at `epsilons[i]`, `steps[j]`. */
const stepsCurve = resultOf({
  epsilons: z.array(epsilon),
  steps: z.array(steps),
  ...images,
  predicted: z.array(z.array(digits)),
});

/** Iterative FGSM at one ε on the sweep's images: into which class each digit is fooled. */
const fooledClasses = resultOf({ epsilon, steps, ...images, clean: digits, predicted: digits });

/** Perturbed images of the first correctly classified image of each class. */
const gallery = resultOf({
  epsilons: z.array(epsilon),
  steps,
  images: z.array(
    z.strictObject({
      index,
      label: digit,
      original: z.strictObject({ image, prediction }),
      perturbed: z.array(z.strictObject({ image, prediction })),
    }),
  ),
});

/** Random signs in place of the gradient's: `predicted[i][draw]` at `epsilons[i]`. */
const randomSigns = resultOf({
  epsilons: z.array(epsilon).min(1),
  ...images,
  /** Draw after draw at each ε; in `unclipped` pixels may leave [0, 1]. */
  predicted: z.array(z.array(digits).min(1)),
  unclipped: z.array(z.array(digits).min(1)),
});

/** Signs of float32 gradients against a float64 reference, image by image. */
const precision = resultOf({
  ...images,
  /** 1 − p of the true class, from the float64 pass. */
  doubt: z.array(z.number().nonnegative()),
  /** Pixels with a wrong sign in each image, for each way of writing the loss in float32. */
  wrongSigns: z.record(lossName, z.array(count)),
  /** The image with the most wrong signs in both forms of the cross-entropy: its pixels and the signs of all gradients. */
  worst: z.strictObject({ index, label: digit, image, reference: signs, float32: z.record(lossName, signs) }),
  /** Question 2's curve with the signs of the cross-entropy as JAX and PyTorch write it. */
  logSoftmax: sweep,
});

/** Test images that a reader can choose from: some of each class, and all that the network misclassifies. */
const widgetImages = resultOf({
  indices: z.array(index).min(1),
  labels: digits,
  predicted: digits,
  /** Bytes of the images one after the other, packed with "deflate-raw", in base64. */
  pixels: z.base64(),
});

/** Further images that a reader's browser repeats: what the build got in one step and in several. */
const widgetCheck = resultOf({
  epsilon,
  images: z.array(
    z.strictObject({
      index,
      label: digit,
      /** The 784 bytes in base64. */
      image: z.base64(),
      original: probabilities,
      /** Signs of each step, and the probabilities of x*. */
      attacks: z.array(z.strictObject({ signs: z.array(signs).min(1), perturbed: probabilities })),
    }),
  ),
});

/** How a network came out of a file: what was done to it, and its accuracy with the input in each of the units. */
const imported = resultOf({
  file: z.string(),
  sha256: digest,
  name: z.string(),
  notes: z.array(z.string()),
  units: z.string(),
  /** Whether the units were given and not found out. */
  unitsGiven: z.boolean(),
  accuracies: z.record(z.string(), share),
  images: count,
});

/** The schema of each result, by the name of its file. */
export const resultSchemas = {
  training,
  evaluation,
  'fgsm-example': example,
  'fgsm-curve': fgsmCurve,
  'iterative-example': example,
  'iterative-curve': iterativeCurve,
  'steps-curve': stepsCurve,
  'fooled-classes': fooledClasses,
  gallery,
  'random-signs': randomSigns,
  precision,
  'defended-gallery': gallery,
  ...networkSchemas,
  'widget-images': widgetImages,
  'widget-check': widgetCheck,
  imported,
} as const;

/** Name of a result, and of its file without the ending. */
export type ResultName = keyof typeof resultSchemas;

/** The content of a result. */
export type Result<Name extends ResultName> = z.infer<(typeof resultSchemas)[Name]>;

export type { Prediction, Provenance, Sweep } from './values.ts';
export type Imported = Result<'imported'>;
export type Training = Result<'training'>;
export type Evaluation = Result<'evaluation'>;
export type Example = Result<'fgsm-example'>;
export type FgsmCurve = Result<'fgsm-curve'>;
export type IterativeCurve = Result<'iterative-curve'>;
export type StepsCurve = Result<'steps-curve'>;
export type FooledClasses = Result<'fooled-classes'>;
export type Gallery = Result<'gallery'>;
export type RandomSigns = Result<'random-signs'>;
export type Precision = Result<'precision'>;
export type NetworkCurves = Result<'network-curves'>;
export type WorstCase = Result<'worst-case'>;
export type Transfer = Result<'transfer'>;
export type TargetClasses = Result<'target-classes'>;
export type WidgetImages = Result<'widget-images'>;
export type WidgetCheck = Result<'widget-check'>;
