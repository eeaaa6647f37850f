// The states of the status line and their words.
import type { CheckReport } from './compareRuns.ts';
import type { Device } from './protocol.ts';
import { deviceWords, duration, messageOf } from './words.ts';

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

/** A result of the reader's own settings. */
export function computedStatus(predicted: number, device: Device, milliseconds: number): Status {
  return {
    state: 'computed',
    details: `predicted ${predicted} · ${deviceWords(device)} · ${duration(milliseconds)}`,
  };
}

/** Nothing could be run: the build's result stands. */
export function unavailableStatus(error: unknown): Status {
  return { state: 'unavailable', details: `${messageOf(error)} The figure shows the stored result.` };
}
