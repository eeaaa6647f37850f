import { useId, useRef } from 'preact/hooks';
import { epsilon as writeEpsilon } from '../../format.ts';
import { FlipList } from './FlipList.tsx';
import { StatusLine } from './StatusLine.tsx';
import { useCurve } from './useCurve.ts';
import type { LiveCurveProps } from './widgetProps.ts';

/** Recomputes a published curve in the reader's browser, and lists the images that flip between two of its points. */
export function LiveCurve(props: LiveCurveProps) {
  const { name, epsilons } = props;
  const place = useRef<HTMLDivElement>(null);
  const id = useId();
  const { status, ready, selected, select, run, cancel } = useCurve(props, place);
  const again = status.state === 'reproduced' || status.state === 'differs';
  return (
    <div class="live-curve" data-widget={name} data-ready={ready} ref={place}>
      <StatusLine
        status={status}
        action={
          status.state === 'running'
            ? { text: 'Cancel', onClick: cancel }
            : { text: again ? 'Run again' : 'Recompute this curve here', onClick: run }
        }
      />
      <div class="flips needs-js no-print">
        <label for={id}>
          Images that flip between two values of <i class="m">ε</i>:
        </label>{' '}
        <select
          id={id}
          value={selected}
          onChange={({ currentTarget }) => select(Number(currentTarget.value))}
        >
          <option value={0}>choose, or click the curve</option>
          {epsilons.slice(1).map((epsilon, i) => (
            <option key={epsilon} value={i + 1}>
              {writeEpsilon(epsilons[i]!)} and {writeEpsilon(epsilon)}
            </option>
          ))}
        </select>
        {selected > 0 && <FlipList {...props} at={selected} />}
      </div>
    </div>
  );
}
