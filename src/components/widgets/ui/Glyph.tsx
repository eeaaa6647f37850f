import type { StateName } from '../session/status.ts';

/** The glyph of a state; the words beside it say the same. */
export function Glyph({ state }: { state: StateName }) {
  const stroke = { fill: 'none', stroke: 'currentColor' };
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      {state === 'reproduced' ? (
        <path d="M1.5 7.5l3.600 3.600L12.500 2.500" {...stroke} stroke-width="1.9" />
      ) : state === 'differs' ? (
        <path d="M1.500 5h11M1.500 9h11M10 1.500 4 12.500" {...stroke} stroke-width="1.6" />
      ) : state === 'unavailable' ? (
        <path d="M2 7h10" {...stroke} stroke-width="1.6" />
      ) : (
        <circle
          cx="7"
          cy="7"
          r="5.4"
          {...stroke}
          stroke-width="1.4"
          opacity={state === 'running' ? 0.35 : 1}
        />
      )}
      {state === 'running' && (
        <path class="arm" d="M7 1.600a5.400 5.400 0 0 1 5.400 5.400" {...stroke} stroke-width="1.8" />
      )}
    </svg>
  );
}
