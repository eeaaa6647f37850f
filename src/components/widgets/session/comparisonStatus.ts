// What the status line says of a comparison.
import { count, decimal, percent } from '../../format.ts';
import { likelyReason, tolerances, type CheckReport } from './compareRuns.ts';
import type { CurveComparison, CurveProgress } from './curveRun.ts';
import { runningStatus, type Status } from './status.ts';
import { deviceWords, duration, tiny } from './words.ts';

/** How far the check of further images has come. */
export interface MoreImages {
  done: number;
  reproduced: number;
  total: number;
}

/** A check of the build's result, and of further images if there were any. */
export function checkedStatus(check: CheckReport, more?: MoreImages): Status {
  const { reproduced, predicted, signsAgree, signs, own, published, device, milliseconds } = check;
  const worst = tiny(Math.max(own, published));
  const tolerance = tiny(own > tolerances.own ? tolerances.own : tolerances.published);
  const details = [
    `predicted ${predicted}`,
    `${count(signsAgree)} of ${count(signs)} signs agree`,
    `max |Δp| ${worst}${reproduced ? '' : `, tolerance ${tolerance}`}`,
    deviceWords(device),
    duration(milliseconds),
    ...(more ? [`${more.reproduced} of ${more.done} more`] : []),
  ].join(' · ');
  if (!reproduced)
    return { state: 'differs', details: `${details}. ${likelyReason(check)}`, differences: check };
  const state = more && more.reproduced < more.done ? 'differs' : 'reproduced';
  return { state, details, busy: more !== undefined && more.done < more.total };
}

/** How far a curve has come. */
export function progressStatus({ share, left, device }: CurveProgress): Status {
  const estimate = left === undefined ? [] : [`about ${duration(left)} left`];
  return runningStatus([percent(share, 0), ...estimate, deviceWords(device)].join(' · '));
}

/** A whole curve beside the build's. */
export function comparedStatus(
  { largest, differing, predictions }: CurveComparison,
  { device, milliseconds }: CurveProgress,
): Status {
  const details = [
    `largest difference ${decimal(100 * largest, 1)} points`,
    `${count(differing)} of ${count(predictions)} predictions differ`,
    deviceWords(device),
    duration(milliseconds),
  ].join(' · ');
  return { state: largest <= tolerances.accuracy ? 'reproduced' : 'differs', details };
}
