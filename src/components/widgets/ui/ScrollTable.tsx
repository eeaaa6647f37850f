import type { ComponentChildren } from 'preact';

interface Props {
  label: string;
  /** The first of them stands over the names of the rows. */
  heads: readonly string[];
  rows: readonly (readonly ComponentChildren[])[];
}

/** A table that scrolls in its own box, by keyboard too. */
export function ScrollTable({ label, heads, rows }: Props) {
  return (
    <div class="scroll-table" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...values], i) => (
            <tr key={i}>
              <th scope="row">{name}</th>
              {values.map((value, column) => (
                <td key={column}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
