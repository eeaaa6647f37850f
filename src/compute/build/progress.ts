// Live progress on a terminal, plain lines now and then in a log. The monotonic clock drives both, so that setting the
// machine's clock changes nothing.
import { createLogUpdate } from 'log-update';
import type { Progress } from '../experiments/stage.ts';

// Milliseconds between two updates of the live line, and between two lines of a log.
const LIVE = 100;
const LOG = 10_000;

/** The progress of a stage, and its end. */
export interface StageProgress extends Progress {
  done: () => void;
}

/** Where progress and messages go. */
export interface Reporter {
  /** The progress of one stage. */
  progress: (stage: string) => StageProgress;
  /** A line that stays. */
  line: (text: string) => void;
  /** Takes the live line away. */
  clear: () => void;
}

/** A reporter that writes to a stream; `now` gives milliseconds of a clock that never goes back. */
export function createReporter(
  stream: NodeJS.WritableStream & { isTTY?: boolean },
  { now = () => performance.now() }: { now?: () => number } = {},
): Reporter {
  const live = stream.isTTY ? createLogUpdate(stream) : undefined;
  const clear = (): void => live?.clear();
  const line = (text: string): void => {
    clear();
    stream.write(`${text}\n`);
  };

  function progress(stage: string): StageProgress {
    const state = { stage, note: '', done: 0, total: 0, seconds: 0 };
    let began = now();
    let shown = began;
    const show = (): void => {
      shown = now();
      const text = progressLine({ ...state, seconds: (shown - began) / 1000 });
      if (live) live(text);
      else stream.write(`${text}\n`);
    };
    return {
      start(total) {
        Object.assign(state, { total, done: 0 });
        began = shown = now();
        if (live) show();
      },
      tick(images, note = state.note) {
        Object.assign(state, { done: state.done + images, note });
        if (now() - shown >= (live ? LIVE : LOG)) show();
      },
      done() {
        if (live) clear();
        else if (state.total > 0) show();
      },
    };
  }

  return { progress, line, clear };
}

const nothing = (): void => undefined;

/** A reporter that says nothing. */
export const silentReporter: Reporter = {
  progress: () => ({ start: nothing, tick: nothing, done: nothing }),
  line: nothing,
  clear: nothing,
};

/** One line: `train · epoch 3 of 10 · 1,280 of 55,000 images · 8,000 images/s · 7 s left`. */
export function progressLine({
  stage,
  note,
  done,
  total,
  seconds,
}: Record<'stage' | 'note', string> & Record<'done' | 'total' | 'seconds', number>): string {
  const parts = [stage, note, `${grouped(done)} of ${grouped(total)} images`];
  if (done > 0 && seconds > 0) {
    const rate = done / seconds;
    parts.push(`${rate >= 10 ? grouped(Math.round(rate)) : rate.toPrecision(2)} images/s`);
    parts.push(done < total ? `${duration((total - done) / rate)} left` : duration(seconds));
  }
  return parts.filter(Boolean).join(' · ');
}

/** `0.4 s`, `12 s`, `3 min 05 s`: the same in every locale. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
