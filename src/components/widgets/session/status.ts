// The states of the status line and their words.
import { count } from '../../format.ts';
import { likelyReason } from './compareRuns.ts';
import type { Device } from './protocol.ts';
import type { FinishedCheck } from './selfCheck.ts';
import { tolerances } from './tolerances.ts';
import { deviceWords, duration, tiny } from '../ui/words.ts';

/** How far the check of further images has come. */
export interface MoreImages {
  done: number;
  reproduced: number;
  total: number;
}

/** What the status line says. */
export type Status =
  | { kind: 'static' }
  | { kind: 'running'; what: string; device?: Device }
  | { kind: 'checked'; check: FinishedCheck; more?: MoreImages }
  | { kind: 'computed'; verdict: number; device: Device; milliseconds: number }
  | { kind: 'unavailable'; reason: string }
  | { kind: 'failed'; reason: string };

/** Name of a state, as the style sheet and the contents know it. */
export type StateName = 'static' | 'running' | 'reproduced' | 'differs' | 'computed' | 'unavailable';

/** State of a status; a failure looks like an unavailable device. */
export function stateName(status: Status): StateName {
  switch (status.kind) {
    case 'checked':
      return isReproduced(status) ? 'reproduced' : 'differs';
    case 'failed':
      return 'unavailable';
    case 'static':
    case 'running':
    case 'computed':
    case 'unavailable':
      return status.kind;
  }
}

/** Title and details of the status line. */
export function statusWords(status: Status): { title: string; details: string } {
  switch (status.kind) {
    case 'static':
      return { title: 'As built.', details: 'Not yet re-run in this browser.' };
    case 'running':
      return {
        title: 'Running',
        details: [status.what, ...(status.device ? [deviceWords(status.device)] : [])].join(' · '),
      };
    case 'checked':
      return {
        title: isReproduced(status) ? 'Reproduced in this browser' : 'Differs from the build',
        details: checkWords(status),
      };
    case 'computed':
      return {
        title: 'Computed in this browser',
        details: [`label ${status.verdict}`, deviceWords(status.device), duration(status.milliseconds)].join(
          ' · ',
        ),
      };
    case 'unavailable':
      return { title: 'As built.', details: `${status.reason} The figure shows the stored result.` };
    case 'failed':
      return {
        title: 'As built.',
        details: `These settings could not be computed: ${status.reason}`,
      };
  }
}

function isReproduced({ check, more }: Extract<Status, { kind: 'checked' }>): boolean {
  return check.reproduced && (more === undefined || more.reproduced === more.done);
}

function checkWords({ check, more }: Extract<Status, { kind: 'checked' }>): string {
  const { verdict, signsAgree, signs, own, published, device, milliseconds } = check;
  const worst = Math.max(own, published);
  const parts = [
    `label ${verdict}`,
    `${count(signsAgree)} of ${count(signs)} signs agree`,
    `max |Δp| ${tiny(worst)}${check.reproduced ? '' : `, tolerance ${tiny(own > tolerances.own ? tolerances.own : tolerances.published)}`}`,
    deviceWords(device),
    duration(milliseconds),
  ];
  if (more && more.done > 0) parts.push(`${more.reproduced} of ${more.done} more`);
  const reason = likelyReason(check, device);
  return parts.join(' · ') + (reason ? `. ${reason}` : '');
}
