import { useState } from 'preact/hooks';
import { ScrollTable } from './ScrollTable.tsx';
import { StatusLine } from './StatusLine.tsx';
import type { AttackControl } from './useAttack.ts';

/** What this browser has done, what can be done about it, and where it differs from the build. */
export function AttackStatus({ attack }: { attack: AttackControl }) {
  const { view, corrections, reset, check, retry } = attack;
  const [open, setOpen] = useState(false);
  const { state, differences } = view.status;
  const action = () => {
    if (differences) {
      return { text: open ? 'Hide the differences' : 'Show the differences', onClick: () => setOpen(!open) };
    }
    switch (state) {
      case 'static':
        return { text: 'Run it here', onClick: check };
      case 'running':
        return undefined;
      case 'reproduced':
      case 'differs':
        return { text: 'Run again', onClick: check };
      case 'computed':
        return {
          text: view.network ? 'Back to the example' : 'Back to the build’s settings',
          onClick: reset,
        };
      case 'unavailable':
        return { text: 'Try again', onClick: retry };
    }
  };
  return (
    <>
      <StatusLine
        status={view.status}
        words={view.network?.titles}
        note={corrections.length > 0 ? `Corrected in the link: ${corrections.join(', ')}.` : ''}
        action={action()}
      />
      {differences && open && (
        <ScrollTable
          label="Differences"

          heads={['', 'stored', 'here', 'difference']}
          rows={differences.perturbed.map(({ stored, here }, digit) => [
            `p(${digit}) on x*`,
            stored,
            here,
            Math.abs(stored - here).toExponential(1),
          ])}
        />
      )}
    </>
  );
}
