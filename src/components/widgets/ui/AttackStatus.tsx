import { useState } from 'preact/hooks';
import type { CheckReport } from '../session/compareRuns.ts';
import { StatusLine } from './StatusLine.tsx';
import type { AttackControl } from './useAttack.ts';

/** What this browser has done, what can be done about it, and where it differs from the build. */
export function AttackStatus({ attack }: { attack: AttackControl }) {
  const { view, corrections, reset, check } = attack;
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
        return { text: 'Back to the build’s settings', onClick: reset };
      case 'unavailable':
        return { text: 'Try again', onClick: check };
    }
  };
  return (
    <>
      <StatusLine
        status={view.status}
        note={corrections.length > 0 ? `Corrected in the link: ${corrections.join(', ')}.` : ''}
        action={action()}
      />
      {differences && open && <Differences check={differences} />}
    </>
  );
}

/** The build's probabilities of x* and this browser's, side by side. */
function Differences({ check }: { check: CheckReport }) {
  return (
    <div class="differences" tabIndex={0} role="region" aria-label="Differences from the build">
      <table>
        <thead>
          <tr>
            {['', 'stored', 'here', 'difference'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {check.perturbed.map(({ stored, here }, digit) => (
            <tr key={digit}>
              <th scope="row">p({digit}) on x*</th>
              <td>{stored}</td>
              <td>{here}</td>
              <td>{Math.abs(stored - here).toExponential(1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
