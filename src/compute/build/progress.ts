// Live progress on a terminal, plain lines now and then in a log. The monotonic clock drives both, so that setting the
// machine's clock changes nothing.
import { createLogUpdate } from 'log-update';

// Milliseconds between two updates of the live line, and between two lines of a log.
const LIVE = 100;
const LOG = 10_000;

const grouped = new Intl.NumberFormat('en-US');

/** What happens in a build. In a stage: `started`, `progressed` now and then, `computed`, `moved` per output, `recorded`. */
export type BuildEvent =
  | { kind: 'said'; text: string }
  | { kind: 'started'; stage: string; total: number }
  | { kind: 'progressed'; stage: string; images: number; note: string | undefined }
  | { kind: 'computed' | 'recorded'; stage: string }
  | { kind: 'moved'; stage: string; path: string }
  | { kind: 'ended' };

export type OnEvent = (event: BuildEvent) => void;

/** Writes what happens to a stream; `now` gives milliseconds of a clock that never goes back. */
export function createReporter(
  stream: NodeJS.WritableStream & { isTTY?: boolean },
  { now = () => performance.now() }: { now?: () => number } = {},
): OnEvent {
  const live = stream.isTTY ? createLogUpdate(stream) : undefined;
  const write = (text: string): void => void stream.write(`${text}\n`);
  let state = { stage: '', note: '', done: 0, total: 0 };
  let [began, shown] = [0, 0];
  const show = (): void => {
    shown = now();
    (live ?? write)(progressLine({ ...state, seconds: (shown - began) / 1000 }));
  };
  return (event) => {
    if (event.kind === 'started') {
      state = { stage: event.stage, note: '', done: 0, total: event.total };
      began = shown = now();
      if (live) show();
    } else if (event.kind === 'progressed') {
      state = { ...state, done: state.done + event.images, note: event.note ?? state.note };
      if (now() - shown >= (live ? LIVE : LOG)) show();
    } else if (live) {
      live.clear();
    } else if (event.kind === 'computed') {
      show();
    }
    if (event.kind === 'said') write(event.text);
  };
}

/** One line: `train · epoch 3 of 10 · 1,280 of 55,000 images · 8,000 images/s · 7 s left`. */
export function progressLine({
  stage,
  note,
  done,
  total,
  seconds,
}: Record<'stage' | 'note', string> & Record<'done' | 'total' | 'seconds', number>): string {
  const parts = [stage, note, `${grouped.format(done)} of ${grouped.format(total)} images`];
  if (done > 0 && seconds > 0) {
    const rate = done / seconds;
    parts.push(`${rate >= 10 ? grouped.format(Math.round(rate)) : rate.toPrecision(2)} images/s`);
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
