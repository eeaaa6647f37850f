// From the sweeps to the curves of the accuracy charts.
import { crossing, curve } from '../../compute/results/curve.ts';
import type { FgsmCurve, IterativeCurve, Sweep } from '../../compute/results/schemas.ts';
import { count } from '../format.ts';
import type { AccuracyData } from './accuracyChart.ts';
import type { AccuracySeries, CurveStyle } from './accuracySeries.ts';

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** "five steps", "one step"; digits above ten. */
export function stepsName(steps: number): string {
  return `${words[steps] ?? steps} step${steps === 1 ? '' : 's'}`;
}

/** "Five steps". */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** One sweep as a curve. */
function series(sweep: Sweep, style: CurveStyle, names: { name: string; short: string }): AccuracySeries {
  const rows = curve(sweep);
  return { style, ...names, rows, half: crossing(rows, 0.5) };
}

const fgsmNames = { name: 'FGSM, one step', short: 'FGSM' };

/** Question 2: FGSM, with a marker at ε. */
export function fgsmAccuracy({ clipped }: FgsmCurve, marker: number): AccuracyData {
  return {
    images: clipped.indices.length,
    series: [series(clipped, 'fgsm', fgsmNames)],
    marker: onGrid(clipped, marker),
    secondRow: 'levels',
  };
}

/** Question 4: iterative FGSM beside FGSM, with a marker at ε. */
export function iterativeAccuracy(fgsm: FgsmCurve, iterative: IterativeCurve, marker: number): AccuracyData {
  const { clipped } = iterative;
  const short = stepsName(clipped.steps);
  return {
    images: clipped.indices.length,
    series: [
      series(fgsm.clipped, 'fgsm', fgsmNames),
      series(clipped, 'iterative', { name: capital(short), short }),
    ],
    marker: onGrid(clipped, marker),
    secondRow: { steps: clipped.steps },
  };
}

/** A sweep beside the same attack without the clip to [0, 1], or on the first images of the test set. */
export function comparedAccuracy(
  curves: FgsmCurve | IterativeCurve,
  other: 'unclipped' | 'firstImages',
): AccuracyData {
  const { clipped } = curves;
  const style = clipped.attack === 'fgsm' ? 'fgsm' : 'iterative';
  const images = clipped.indices.length;
  const [own, compared] =
    other === 'unclipped'
      ? ['clipped', 'not clipped']
      : ['drawn at random', `the first ${count(curves.firstImages.indices.length)}`];
  return {
    images,
    series: [
      series(clipped, style, { name: capital(own), short: own }),
      series(curves[other], 'comparison', { name: capital(compared), short: compared }),
    ],
    secondRow: 'levels',
    height: 360,
  };
}

/** The marker, if the sweep has a row there: a coarser grid than the report's may not. */
function onGrid({ epsilons }: Sweep, marker: number): number | undefined {
  return epsilons.includes(marker) ? marker : undefined;
}
