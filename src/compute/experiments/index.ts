// Every stage, in the order in which they run, and every task that they run on workers.
import { attackDigit } from './attackDigit.ts';
import { fgsmCurve, iterativeCurve } from './curves.ts';
import { evaluate, predictDigits } from './evaluate.ts';
import { fgsmExample, iterativeExample } from './example.ts';
import { fooledClasses } from './fooledClasses.ts';
import { gallery } from './gallery.ts';
import { compareSigns, precision } from './precision.ts';
import { addRandomSigns, randomSigns } from './randomSigns.ts';
import type { Stage } from './stage.ts';
import { stepsCurve } from './stepsCurve.ts';
import { sweepDigits } from './sweep.ts';
import { train, trainNetwork } from './train.ts';
import { widgetImages } from './widgetImages.ts';

/** The stages of the report. */
export const stages: readonly Stage[] = [
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

/** The tasks of the stages: a worker finds them here by their names. */
export const tasks = { addRandomSigns, attackDigit, compareSigns, predictDigits, sweepDigits, trainNetwork };
