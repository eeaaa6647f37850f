// Every number of the prose by its name, derived from the results of the build.
import { pairedDifference } from '../compute/statistics.ts';
import { correct, curve, rowAt } from '../compute/results/curve.ts';
import { readResult } from '../compute/results/readResult.ts';
import type { FgsmCurve, IterativeCurve } from '../compute/results/schemas.ts';
import { curveFacts, differenceAt, largestDifference } from './curveFacts.ts';
import { exampleFacts } from './exampleFacts.ts';
import { budget, points, pointsApart, share, type Fact, type Facts } from './fact.ts';
import { fooledFacts, modelFacts, precisionFacts, randomSignsFacts, stepsCurveFacts } from './modelFacts.ts';

let loaded: Promise<Facts> | undefined;

/** All facts of the report, read once. */
export function facts(): Promise<Facts> {
  loaded ??= load();
  return loaded;
}

/**
 * The fact of that name.
 *
 * @throws if there is none
 */
export async function fact(name: string): Promise<Fact> {
  const all = await facts();
  const found = all[name];
  if (!found)
    throw new Error(`no fact is named '${name}'; those of src/report are: ${Object.keys(all).join(', ')}`);
  return found;
}

async function load(): Promise<Facts> {
  const [training, evaluation, fgsm, fgsmCurve, iterative, iterativeCurve, steps, fooled, random, precision] =
    await Promise.all([
      readResult('training'),
      readResult('evaluation'),
      readResult('fgsm-example'),
      readResult('fgsm-curve'),
      readResult('iterative-example'),
      readResult('iterative-curve'),
      readResult('steps-curve'),
      readResult('fooled-classes'),
      readResult('random-signs'),
      readResult('precision'),
    ]);
  return {
    ...modelFacts(training, evaluation),
    ...exampleFacts('q1', fgsm),
    ...curveFacts('q2', fgsmCurve, fgsm.epsilon),
    ...exampleFacts('q3', iterative),
    ...curveFacts('q4', iterativeCurve, iterative.epsilon),
    ...comparisonFacts(fgsmCurve, iterativeCurve),
    ...stepsCurveFacts(steps),
    ...fooledFacts(fooled),
    ...randomSignsFacts(random),
    ...precisionFacts(precision),
  };
}

function comparisonFacts(fgsm: FgsmCurve, iterative: IterativeCurve): Facts {
  const gap = largestDifference(fgsm.clipped, iterative.clipped);
  const interval = differenceAt(fgsm.clipped, iterative.clipped, gap.epsilon);
  const lost = largestDifference(fgsm.crossEntropy, fgsm.clipped);
  const last = fgsm.clipped.epsilons.length - 1;
  const atEnd = (sweep: typeof fgsm.clipped) => correct(sweep.labels, sweep.predicted[last]!);
  return {
    'gap.epsilon': budget(gap.epsilon),
    'gap.points': pointsApart(gap.difference),
    'gap.low': points(interval.low),
    'gap.high': points(interval.high),
    'gap.fgsm': share(rowAt(curve(fgsm.clipped), gap.epsilon).accuracy),
    'gap.iterative': share(rowAt(curve(iterative.clipped), gap.epsilon).accuracy),
    'crossEntropy.epsilon': budget(lost.epsilon),
    'crossEntropy.points': points(lost.difference),
    'crossEntropy.atLargest': points(pairedDifference(atEnd(fgsm.crossEntropy), atEnd(fgsm.clipped)).value),
    ...literalFacts(iterative),
  };
}

/** Step ε five times without a box or clip is the unclipped curve at the total 5ε: no run of its own. */
function literalFacts({ unclipped }: IterativeCurve): Facts {
  const rows = curve(unclipped);
  const total = unclipped.steps * (rows[1]?.epsilon ?? 0);
  const row = rows.find(({ epsilon }) => Math.abs(epsilon - total) < 1e-9);
  return row
    ? {
        'literal.step': budget(row.epsilon / unclipped.steps),
        'literal.total': budget(row.epsilon),
        'literal.accuracy': share(row.accuracy),
      }
    : {};
}
