import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { count, decimal, epsilon as writeEpsilon, percent } from '../../format.ts';
import type { FlipList as FlipListComponent } from './FlipList.tsx';
import { StatusLine } from './StatusLine.tsx';
import { curveState, useCurve, type CurveStatus } from './useCurve.ts';
import type { LiveCurveProps } from '../session/widgetTypes.ts';
import { deviceWords, duration } from './words.ts';
import './widgets.css';

/** Recomputes a published curve in the reader's browser, and lists the images that flip between two of its points. */
export function LiveCurve(props: LiveCurveProps) {
  const { name, epsilons } = props;
  const place = useRef<HTMLDivElement>(null);
  const id = useId();
  const [flipList, setFlipList] = useState<{ FlipList: typeof FlipListComponent }>();
  const { status, ready, selected, select, sweep, run, cancel } = useCurve(props, place);
  useEffect(() => {
    // The list is fetched with the images that it shows.
    if (selected > 0) import('./FlipList.tsx').then(setFlipList, () => undefined);
  }, [selected]);
  return (
    <div class="live-curve" data-widget={name} data-ready={ready} ref={place}>
      <StatusLine
        state={curveState(status)}
        {...curveWords(status)}
        action={
          status.kind === 'running'
            ? { text: 'Cancel', onClick: cancel }
            : { text: status.kind === 'done' ? 'Run again' : 'Recompute this curve here', onClick: run }
        }
      />
      <div class="flips needs-js no-print" inert={!ready}>
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
        {selected > 0 && sweep && flipList && <flipList.FlipList {...props} sweep={sweep} at={selected} />}
      </div>
    </div>
  );
}

/** Title and details of the status line of a curve. */
function curveWords(status: CurveStatus): { title: string; details: string } {
  switch (status.kind) {
    case 'static':
      return { title: 'As built.', details: 'Not yet recomputed in this browser.' };
    case 'running':
      return {
        title: 'Running',
        details: status.progress
          ? [
              percent(status.progress.share, 0),
              `about ${duration(status.progress.left)} left`,
              deviceWords(status.progress.device),
            ].join(' · ')
          : 'fetching the images',
      };
    case 'done': {
      const { progress, largest, differing, predictions } = status;
      return {
        title: curveState(status) === 'reproduced' ? 'Reproduced in this browser' : 'Differs from the build',
        details: [
          `largest difference ${decimal(100 * largest, 1)} points`,
          `${count(differing)} of ${count(predictions)} predictions differ`,
          deviceWords(progress.device),
          duration(progress.milliseconds),
        ].join(' · '),
      };
    }
    case 'unavailable':
      return { title: 'As built.', details: `${status.reason} The figure shows the stored result.` };
  }
}
