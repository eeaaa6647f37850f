// Every stage, in the order in which they run, and every task that they run on workers.
import { shardGradients, shardSums } from '../networks/train/shards.ts';
import { askAfterAttack, attackDigit } from './attackDigits.ts';
import { fgsmCurve, fooledClasses, iterativeCurve, networkCurves, stepsCurve } from './curves.ts';
import { evaluation, predictDigits } from './evaluate.ts';
import { defendedGallery, fgsmExample, gallery, iterativeExample } from './examples.ts';
import { targetClasses, transfer, worstCase } from './otherAttacks.ts';
import { compareSigns, defendedPrecision, precision } from './precision.ts';
import { addRandomSigns, randomSigns } from './randomSigns.ts';
import type { Stage } from './stage.ts';
import { sweepDigits } from './sweep.ts';
import { train, trainDefended, trainOthers } from './train.ts';
import { widgetImages } from './widgetImages.ts';

/** The stages that attack the network, whether it is trained or imported. */
export const attackStages: readonly Stage[] = [
  evaluation,
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

/** The stages of the report: an imported network has none of the recipe's. */
export const stages: readonly Stage[] = [
  train,
  ...attackStages,
  trainOthers,
  trainDefended,
  networkCurves,
  defendedPrecision,
  defendedGallery,
  worstCase,
  transfer,
  targetClasses,
];

/** The tasks of the stages: a worker finds them here by their names. */
export const tasks = {
  addRandomSigns,
  askAfterAttack,
  attackDigit,
  compareSigns,
  predictDigits,
  shardGradients,
  shardSums,
  sweepDigits,
};
