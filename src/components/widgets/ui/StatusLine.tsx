import { titles, type Status } from '../session/status.ts';
import { Glyph } from './Glyph.tsx';

interface Props {
  status: Status;
  /** What states are called, if not as of the build's network. */
  words?: Partial<typeof titles> | undefined;
  action?: { text: string; onClick: () => void } | undefined;
}

/** Whether this browser got what the build got: glyph, state, numbers, and at the right what can be done. */
export function StatusLine({ status: { state, details, busy }, words, action }: Props) {
  const settled = state !== 'running' && state !== 'static' && !busy;
  return (
    <div class="status-line" data-state={state} role="status" aria-live={settled ? 'polite' : 'off'}>
      <Glyph state={state} />
      <strong>{words?.[state] ?? titles[state]}</strong> <span class="details">{details}</span>
      {action && (
        <button type="button" class="text-button action needs-js" onClick={action.onClick}>
          {action.text}
        </button>
      )}
    </div>
  );
}
