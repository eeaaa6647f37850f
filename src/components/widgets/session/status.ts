// The states of the status line and their words.
import { count, decimal, percent } from '../../format.ts';
import { likelyReason, tolerances, type CheckReport } from './compareRuns.ts';
import type { CurveComparison, CurveProgress } from './curveRun.ts';
import type { Device } from './protocol.ts';
import type { MoreImages } from './selfCheck.ts';
import { deviceWords, duration, messageOf, tiny } from './words.ts';

/** Whether this browser got what the build got. */
export type StateName = 'static' | 'running' | 'reproduced' | 'differs' | 'computed' | 'unavailable';

/** What the status line says. */
export interface Status {
  state: StateName;
  details: string;
  /** Whether a count goes on: it is not read aloud. */
  busy?: boolean;
  /** The check that found a difference. */
  differences?: CheckReport;
}

/** Title of each state. */
export const titles: Readonly<Record<StateName, string>> = {
  static: 'As built.',
  running: 'Running',
  reproduced: 'Reproduced in this browser',
  differs: 'Differs from the build',
  computed: 'Computed in this browser',
  unavailable: 'As built.',
};

/** Something runs, or is waited for. */
export function runningStatus(details: string): Status {
  return { state: 'running', details };
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

/** A result of the reader's own settings. */
export function computedStatus(predicted: number, device: Device, milliseconds: number): Status {
  return {
    state: 'computed',
    details: `predicted ${predicted} · ${deviceWords(device)} · ${duration(milliseconds)}`,
  };
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

/** Nothing could be run: the build's result stands. */
export function unavailableStatus(error: unknown): Status {
  return { state: 'unavailable', details: `${messageOf(error)} The figure shows the stored result.` };
}

/** What the reader asked for could not be run. */
export function failedStatus(error: unknown): Status {
  return { state: 'unavailable', details: `These settings could not be computed: ${messageOf(error)}` };
}
