// Live progress on a terminal, plain lines now and then in a log. The monotonic clock drives both, so that setting the
// machine's clock changes nothing.
import { createLogUpdate } from 'log-update';

/** How far a piece of long work is. */
export interface Progress {
  /** Begins a piece: what it is called, how much of which unit there is to do. */
  start: (label: string, total: number, unit: string) => void;
  /** So much more is done. */
  tick: (count: number, note?: string) => void;
  /** So much is done in all. */
  set: (done: number, note?: string) => void;
  /** The piece is complete. */
  done: () => void;
}

/** Where progress and messages go. */
export interface Reporter {
  /** The progress of one stage. */
  progress: (stage: string) => Progress;
  /** A line that stays. */
  line: (text: string) => void;
  /** Takes the live line away. */
  clear: () => void;
}

/** Milliseconds between two updates. */
export interface Intervals {
  live: number;
  log: number;
}

/** A reporter that writes to a stream; `now` gives milliseconds of a clock that never goes back. */
export function createReporter(
  stream: NodeJS.WritableStream & { isTTY?: boolean },
  {
    intervals = { live: 100, log: 10_000 },
    now = () => performance.now(),
  }: { intervals?: Intervals; now?: () => number } = {},
): Reporter {
  const live = stream.isTTY ? createLogUpdate(stream) : undefined;
  const line = (text: string): void => {
    live?.clear();
    stream.write(`${text}\n`);
  };

  function progress(stage: string): Progress {
    let [label, total, unit, done, began, shown] = ['', 0, '', 0, 0, 0];
    let note: string | undefined;

    function show(force: boolean): void {
      if (!force && now() - shown < (live ? intervals.live : intervals.log)) return;
      shown = now();
      const text = progressLine({
        stage,
        label: note ?? label,
        done,
        total,
        unit,
        seconds: (now() - began) / 1000,
      });
      if (live) live(text);
      else stream.write(`${text}\n`);
    }

    const set = (count: number, newNote?: string): void => {
      done = count;
      note = newNote ?? note;
      show(false);
    };
    return {
      start(newLabel, newTotal, newUnit) {
        [label, total, unit, done, note] = [newLabel, newTotal, newUnit, 0, undefined];
        began = shown = now();
        if (live) show(true);
      },
      set,
      tick: (count, newNote) => set(done + count, newNote),
      done() {
        done = total;
        if (live) live.clear();
        else show(true);
      },
    };
  }

  return { progress, line, clear: () => live?.clear() };
}

/** A reporter that says nothing. */
export const silentReporter: Reporter = {
  progress: () => ({
    start: () => undefined,
    tick: () => undefined,
    set: () => undefined,
    done: () => undefined,
  }),
  line: () => undefined,
  clear: () => undefined,
};

/** One line: `train · epoch 3 · 1,280 of 55,000 images · 8,000 images/s · 7 s left`. */
export function progressLine({
  stage,
  label,
  done,
  total,
  unit,
  seconds,
}: {
  stage: string;
  label: string;
  done: number;
  total: number;
  unit: string;
  seconds: number;
}): string {
  const parts = [stage, label === stage ? '' : label, `${grouped(done)} of ${grouped(total)} ${unit}`];
  if (done > 0 && seconds > 0) {
    const rate = done / seconds;
    parts.push(`${rate >= 10 ? grouped(Math.round(rate)) : rate.toPrecision(2)} ${unit}/s`);
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
