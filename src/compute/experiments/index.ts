// Every stage, in the order in which they run.
import type { Stage } from '../build/stage.ts';
import { fgsmCurve, iterativeCurve } from './curves.ts';
import { evaluate } from './evaluate.ts';
import { fgsmExample, iterativeExample } from './example.ts';
import { fooledClasses } from './fooledClasses.ts';
import { gallery } from './gallery.ts';
import { precision } from './precision.ts';
import { randomSigns } from './randomSigns.ts';
import { stepsCurve } from './stepsCurve.ts';
import { train } from './train.ts';
import { widgetImages } from './widgetImages.ts';

/** The stages of the report. */
export const stages: Stage[] = [
  train,
  evaluate,
  fgsmExample,
  fgsmCurve,
  iterativeExample,
  iterativeCurve,
  stepsCurve,
  fooledClasses,
  gallery,
  randomSigns,
  precision,
  widgetImages,
];
