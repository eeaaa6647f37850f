import type { Difference } from '../session/compareRuns.ts';

/** The build's numbers and this browser's, side by side. */
export function DifferenceTable({ differences }: { differences: readonly Difference[] }) {
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
          {differences.map(({ what, stored, here, difference }) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td>{stored}</td>
              <td>{here}</td>
              <td>{difference}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
