import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { epsilon as writeEpsilon } from '../../format.ts';
import { fetchSweep, fetchSweepImages } from '../session/imageLibrary.ts';
import { loadCode } from '../session/siteFile.ts';
import { unavailableStatus, type Status } from '../session/status.ts';
import { connectEngine, startEngine } from './connectEngine.ts';
import { FlipList } from './FlipList.tsx';
import { askedToRun, listen, tell as tellPage } from './pageEvents.ts';
import { StatusLine } from './StatusLine.tsx';
import { useRun } from './useRun.ts';
import type { LiveCurveProps } from './widgetProps.ts';

const idle: Status = { state: 'static', details: 'Not yet recomputed in this browser.' };

/**
 * Recomputes a published curve in the reader's browser when it is asked for, draws it over the published one, and lists the
 * images that flip between two of its points.
 */
export function LiveCurve(props: LiveCurveProps) {
  const { name, files, epsilons, steps } = props;
  const place = useRef<HTMLDivElement>(null);
  const id = useId();
  const [ready, setReady] = useState(false);
  /** Place on the grid of the ε whose flips are listed; 0 for none. */
  const [selected, select] = useState(0);
  const { status, run, cancel } = useRun(idle, unavailableStatus);
  const again = status.state === 'reproduced' || status.state === 'differs';
  /** The published drawings that live points can be drawn into; each says its own scales. */
  const drawings = () =>
    place.current!.closest('figure')!.querySelectorAll<SVGSVGElement>('svg[data-x-domain]');

  const recompute = () =>
    void run('all images at every ε', async ({ signal, tell, report }) => {
      const processor = startEngine(files.weights, ['cpu']);
      try {
        const { accuracies, curveStatus, runCurve } = await loadCode(() => import('../session/curveRun.ts'));
        const { labels, predicted } = await fetchSweep(files.curve);
        const images = await fetchSweepImages(files.sweepImages, tell);
        signal.throwIfAborted();
        const curve = { images, labels, epsilons, steps };
        const options = { signal, tell, processor };
        for await (const progress of runCurve(connectEngine(files.weights), curve, options)) {
          if (progress.predicted[0]) {
            const points = accuracies(labels, progress.predicted).map((y, i) => ({ x: epsilons[i]!, y }));
            drawPoints(drawings(), points);
          }
          report(curveStatus(labels, predicted, progress));
        }
      } finally {
        processor.end();
      }
    });
  const cancelAndClear = () => {
    cancel();
    drawPoints(drawings(), []);
  };

  useEffect(() => {
    setReady(true);
    const clicks = new AbortController();
    for (const svg of drawings()) {
      const pick = ({ clientX }: MouseEvent) => select(nearest(epsilons, valueAt(svg, clientX)));
      svg.addEventListener('click', pick, { signal: clicks.signal });
    }
    if (askedToRun) recompute();
    const end = listen('widget-run', recompute);
    return () => {
      clicks.abort();
      end();
    };
    // The curve is opened once: props come from the build and do not change.
  }, []);
  useEffect(() => tellPage('widget-state', { name, state: status.state }), [name, status.state]);

  return (
    <div class="live-curve" data-widget={name} data-ready={ready} ref={place}>
      <StatusLine
        status={status}
        action={
          status.state === 'running'
            ? { text: 'Cancel', onClick: cancelAndClear }
            : { text: again ? 'Run again' : 'Recompute this curve here', onClick: recompute }
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

type Pair = readonly [number, number];

/** Draws a cross at each point into the drawings, in place of those drawn before. */
function drawPoints(drawings: Iterable<SVGSVGElement>, points: readonly { x: number; y: number }[]): void {
  for (const svg of drawings) {
    const [xDomain, xRange] = scaleOf(svg, 'x');
    const [yDomain, yRange] = scaleOf(svg, 'y');
    const crosses = points
      .filter(({ x }) => x <= xDomain[1])
      .map(({ x, y }) => {
        const at = `${project(x, xDomain, xRange)} ${project(y, yDomain, yRange)}`;
        return `<path class="cross" d="M-6-6L6 6M-6 6L6-6" transform="translate(${at})"/>`;
      });
    svg.querySelector('g.live')!.innerHTML = crosses.join('');
  }
}

/** The value of x under the pointer, in the drawing's own scale. */
function valueAt(svg: SVGSVGElement, clientX: number): number {
  const { left, right } = svg.getBoundingClientRect();
  const at = project(clientX, [left, right], [0, svg.viewBox.baseVal.width]);
  const [domain, range] = scaleOf(svg, 'x');
  return project(at, range, domain);
}

/** Place of the value nearest to another in a list. */
export function nearest(values: readonly number[], wanted: number): number {
  const distances = values.map((value) => Math.abs(value - wanted));
  return distances.indexOf(Math.min(...distances));
}

function scaleOf({ dataset }: SVGSVGElement, axis: 'x' | 'y'): [domain: Pair, range: Pair] {
  const pair = (name: string) => dataset[name]!.split(' ').map(Number) as [number, number];
  return [pair(`${axis}Domain`), pair(`${axis}Range`)];
}

/** Where a value of one interval lies in another. */
function project(value: number, from: Pair, to: Pair): number {
  return to[0] + ((value - from[0]) / (from[1] - from[0])) * (to[1] - to[0]);
}
