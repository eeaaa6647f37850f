// Every result on disk with its schema. Types are inferred from the schemas and declared nowhere else.
import type { z } from 'zod';
import { evaluationSchema } from './schema/evaluation.ts';
import { exampleSchema } from './schema/example.ts';
import { fooledClassesSchema } from './schema/fooledClasses.ts';
import { gallerySchema } from './schema/gallery.ts';
import { precisionSchema } from './schema/precision.ts';
import { randomSignsSchema } from './schema/randomSigns.ts';
import { stepsCurveSchema } from './schema/stepsCurve.ts';
import { fgsmCurveSchema, iterativeCurveSchema } from './schema/sweep.ts';
import { trainingSchema } from './schema/training.ts';
import { widgetCheckSchema } from './schema/widgetCheck.ts';
import { widgetImagesSchema } from './schema/widgetImages.ts';

export type { Evaluation } from './schema/evaluation.ts';
export type { Example } from './schema/example.ts';
export type { FooledClasses } from './schema/fooledClasses.ts';
export type { Gallery } from './schema/gallery.ts';
export type { Precision } from './schema/precision.ts';
export type { Provenance } from './schema/provenance.ts';
export type { RandomSigns } from './schema/randomSigns.ts';
export type { StepsCurve } from './schema/stepsCurve.ts';
export type { FgsmCurve, IterativeCurve, Sweep } from './schema/sweep.ts';
export type { Training } from './schema/training.ts';
export type { WidgetCheck } from './schema/widgetCheck.ts';
export type { WidgetImages } from './schema/widgetImages.ts';

/** The schema of each result, by the name of its file. */
export const resultSchemas = {
  training: trainingSchema,
  evaluation: evaluationSchema,
  'fgsm-example': exampleSchema,
  'fgsm-curve': fgsmCurveSchema,
  'iterative-example': exampleSchema,
  'iterative-curve': iterativeCurveSchema,
  'steps-curve': stepsCurveSchema,
  'fooled-classes': fooledClassesSchema,
  gallery: gallerySchema,
  'random-signs': randomSignsSchema,
  precision: precisionSchema,
  'widget-images': widgetImagesSchema,
  'widget-check': widgetCheckSchema,
} as const;

/** Name of a result, and of its file without the ending. */
export type ResultName = keyof typeof resultSchemas;

/** The content of a result. */
export type Result<Name extends ResultName> = z.infer<(typeof resultSchemas)[Name]>;
