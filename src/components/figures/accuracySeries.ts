import type { CurveRow } from '../../compute/results/curve.ts';

/** Look of a curve: one for each attack, one for what it is compared with. */
export type CurveStyle = 'fgsm' | 'iterative' | 'comparison';

/** One curve of the chart. */
export interface AccuracySeries {
  style: CurveStyle;
  /** Label on the curve: "FGSM, one step". */
  name: string;
  /** Name within a line, at the marker and in the table: "FGSM". */
  short: string;
  rows: readonly CurveRow[];
  /** ε at which the curve falls to one half, if it does. */
  half: number | undefined;
}
