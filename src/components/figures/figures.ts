// Every figure of the report by name: pages show them, the endpoints offer them as SVG and CSV.
import { publishedResults, readResult } from '../../compute/results/readResult.ts';
import { resultsRoot } from '../../compute/results/root.ts';
import {
  defendedCurve,
  fgsmCurve,
  fgsmUnclipped,
  iterativeCurve,
  iterativeUnclipped,
} from './accuracyCurves.ts';
import { fgsmAlongEpsilon } from './alongEpsilon.ts';
import { evaluation, fooledClasses } from './classMatrix.ts';
import type { BoundFigure, Results } from './figure.ts';
import { fgsmCrossEntropy, precision } from './precision.ts';
import { randomSigns } from './randomSigns.ts';
import { targetClasses, transfer } from './shareMatrix.ts';
import { smallestEpsilon } from './smallestEpsilon.ts';
import { stepsCurve } from './stepsCurve.ts';
import { trainingAccuracy, trainingLoss } from './training.ts';

/** The figures. Their names are those of `figures/NAME.svg` and `figures/NAME.csv`. */
export const figures = {
  'fgsm-along-epsilon': fgsmAlongEpsilon,
  'fgsm-curve': fgsmCurve,
  'iterative-curve': iterativeCurve,
  'steps-curve': stepsCurve,
  'smallest-epsilon': smallestEpsilon,
  'fooled-classes': fooledClasses,
  'random-signs': randomSigns,
  'training-loss': trainingLoss,
  'training-accuracy': trainingAccuracy,
  evaluation,
  precision,
  'fgsm-cross-entropy': fgsmCrossEntropy,
  'fgsm-unclipped': fgsmUnclipped,
  'iterative-unclipped': iterativeUnclipped,
  'defended-curve': defendedCurve,
  transfer,
  'target-classes': targetClasses,
};

export type FigureName = keyof typeof figures;

const published = publishedResults();

/** Names of those whose results there are, in the order of the report. */
export const figureNames = (Object.keys(figures) as FigureName[]).filter((name) =>
  figures[name].results.every((result) => published.includes(result)),
);

/**
 * A figure with the build's results.
 *
 * @param root folder that holds `results/`
 * @throws if a result is missing or does not fit its schema, with the way out
 */
export async function loadFigure(name: FigureName, { root = resultsRoot } = {}): Promise<BoundFigure> {
  const figure = figures[name];
  const results = await Promise.all(
    figure.results.map(async (result) => [result, await readResult(result, { root })]),
  );
  return figure.bind(name, Object.fromEntries(results) as Results);
}
