import type { StateName } from '../session/status.ts';

const circle = 'M7 1.6a5.4 5.4 0 1 1 0 10.8a5.4 5.4 0 1 1 0-10.8';

const strokes: Readonly<Record<StateName, { d: string; width: number }>> = {
  static: { d: circle, width: 1.4 },
  running: { d: circle, width: 1.4 },
  computed: { d: circle, width: 1.4 },
  reproduced: { d: 'M1.5 7.5l3.6 3.6L12.5 2.5', width: 1.9 },
  differs: { d: 'M1.5 5h11M1.5 9h11M10 1.5 4 12.5', width: 1.6 },
  unavailable: { d: 'M2 7h10', width: 1.6 },
};

/** The glyph of a state; the words beside it say the same. */
export function Glyph({ state }: { state: StateName }) {
  const { d, width } = strokes[state];
  const running = state === 'running';
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" fill="none" stroke="currentColor" aria-hidden="true">
      <path d={d} stroke-width={width} opacity={running ? 0.35 : 1} />
      {running && <path class="arm" d="M7 1.6a5.4 5.4 0 0 1 5.4 5.4" stroke-width="1.8" />}
    </svg>
  );
}
