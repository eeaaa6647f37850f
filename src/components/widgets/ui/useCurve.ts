import { useEffect, useRef, useState } from 'preact/hooks';
import { connect } from '../session/connect.ts';
import type { CurveProgress } from '../session/curveRun.ts';
import { drawingsOf, drawPoints, nearest, valueAt } from './curveDrawing.ts';
import { fetchJson, openLibrary } from '../session/imageLibrary.ts';
import { messageOf } from '../session/messageOf.ts';
import { listen, tell } from '../session/pageEvents.ts';
import type { StateName } from '../session/status.ts';
import { tolerances } from '../session/tolerances.ts';
import type { LiveCurveProps } from '../session/widgetTypes.ts';

/** The published sweep, as far as it is read here. */
export interface PublishedSweep {
  indices: number[];
  labels: string;
  predicted: string[];
}

/** What a live curve is doing. */
export type CurveStatus =
  | { kind: 'static' }
  | { kind: 'running'; progress?: CurveProgress }
  | { kind: 'done'; progress: CurveProgress; largest: number; differing: number; predictions: number }
  | { kind: 'unavailable'; reason: string };

/** A live curve's state, and what the reader can do. */
export interface CurveControl {
  status: CurveStatus;
  ready: boolean;
  /** Place on the grid of the ε whose flips are listed; 0 for none. */
  selected: number;
  select: (at: number) => void;
  sweep: PublishedSweep | undefined;
  run: () => void;
  cancel: () => void;
}

/** State of a curve's status, as the contents know it. */
export function curveState(status: CurveStatus): StateName {
  if (status.kind !== 'done') return status.kind;
  return status.largest <= tolerances.accuracy ? 'reproduced' : 'differs';
}

/** Runs one curve when the reader asks for it, and draws it over the published one. */
export function useCurve(props: LiveCurveProps, place: { current: HTMLElement | null }): CurveControl {
  const { name, files, epsilons, steps } = props;
  const [status, setStatus] = useState<CurveStatus>({ kind: 'static' });
  const [ready, setReady] = useState(false);
  const [selected, setSelected] = useState(0);
  const [sweep, setSweep] = useState<PublishedSweep>();
  const run = useRef(0);

  const published = async () => {
    const { clipped } = await fetchJson<{ clipped: PublishedSweep }>(files.curve);
    setSweep(clipped);
    return clipped;
  };
  const start = async () => {
    const own = ++run.current;
    const wanted = () => own === run.current;
    setStatus({ kind: 'running' });
    const drawings = drawingsOf(place.current!.closest('figure')!);
    try {
      // The code of the sweep is fetched with its images.
      const { accuracies, compareCurves, runCurve } = await import('../session/curveRun.ts');
      const stored = sweep ?? (await published());
      const images = await openLibrary(files).sweepImages();
      const { labels } = stored;
      await runCurve(
        connect(files),
        { images, labels, epsilons, steps },
        `${name} curve`,
        wanted,
        (progress) => {
          const shares = accuracies(labels, progress.predicted);
          drawPoints(
            drawings,
            shares.map((y, i) => ({ x: epsilons[i]!, y })),
          );
          setStatus(
            progress.share < 1
              ? { kind: 'running', progress }
              : { kind: 'done', progress, ...compareCurves(labels, stored.predicted, progress.predicted) },
          );
        },
      );
    } catch (error) {
      if (wanted()) setStatus({ kind: 'unavailable', reason: messageOf(error) });
    }
  };
  const cancel = () => {
    run.current++;
    connect(files).cancel(`${name} curve`);
    drawPoints(drawingsOf(place.current!.closest('figure')!), []);
    setStatus({ kind: 'static' });
  };
  const select = (at: number) => {
    setSelected(at);
    if (at > 0 && !sweep)
      published().catch((error: unknown) => setStatus({ kind: 'unavailable', reason: messageOf(error) }));
  };

  useEffect(() => {
    setReady(true);
    const drawings = drawingsOf(place.current!.closest('figure')!);
    const pick = (event: MouseEvent) =>
      select(nearest(epsilons, valueAt(event.currentTarget as SVGSVGElement, event.clientX)));
    for (const svg of drawings) svg.addEventListener('click', pick);
    const end = listen('widget-run', () => void start());
    return () => {
      run.current++;
      end();
      for (const svg of drawings) svg.removeEventListener('click', pick);
    };
    // The curve is opened once: props come from the build and do not change.
  }, []);

  const state = curveState(status);
  useEffect(() => tell('widget-state', { name, state }), [name, state]);
  return { status, ready, selected, select, sweep, run: () => void start(), cancel };
}
