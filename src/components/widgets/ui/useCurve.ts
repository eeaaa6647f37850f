import { useEffect, useRef, useState } from 'preact/hooks';
import { loadCode } from '../session/siteFile.ts';
import { fetchSweep, fetchSweepImages } from '../session/imageLibrary.ts';
import { runningStatus, unavailableStatus, type Status } from '../session/status.ts';
import { connectEngine, startEngine } from './connectEngine.ts';
import { drawingsOf, drawPoints, nearest, valueAt } from './curveDrawing.ts';
import { askedToRun, listen, tell } from './pageEvents.ts';
import type { LiveCurveProps } from './widgetProps.ts';

const idle: Status = { state: 'static', details: 'Not yet recomputed in this browser.' };

/** Runs one curve when the reader asks for it, and draws it over the published one. */
export function useCurve(
  { name, files, epsilons, steps }: LiveCurveProps,
  place: { current: HTMLElement | null },
) {
  const [status, setStatus] = useState(idle);
  const [ready, setReady] = useState(false);
  /** Place on the grid of the ε whose flips are listed; 0 for none. */
  const [selected, select] = useState(0);
  const running = useRef<AbortController>();
  const drawings = () => drawingsOf(place.current!.closest('figure')!);

  const run = async () => {
    running.current?.abort();
    running.current = new AbortController();
    const { signal } = running.current;
    const tell = (words: string) => {
      if (!signal.aborted) setStatus(runningStatus(words || 'all images at every ε'));
    };
    const processor = startEngine(files.weights, ['cpu']);
    tell('');
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
        setStatus(curveStatus(labels, predicted, progress));
      }
    } catch (error) {
      if (!signal.aborted) setStatus(unavailableStatus(error));
    } finally {
      processor.end();
    }
  };
  const cancel = () => {
    running.current?.abort();
    drawPoints(drawings(), []);
    setStatus(idle);
  };

  useEffect(() => {
    setReady(true);
    const pick = (event: MouseEvent) =>
      select(nearest(epsilons, valueAt(event.currentTarget as SVGSVGElement, event.clientX)));
    const clickable = drawings();
    for (const svg of clickable) svg.addEventListener('click', pick);
    if (askedToRun) void run();
    const end = listen('widget-run', () => void run());
    return () => {
      running.current?.abort();
      end();
      for (const svg of clickable) svg.removeEventListener('click', pick);
    };
    // The curve is opened once: props come from the build and do not change.
  }, []);
  useEffect(() => tell('widget-state', { name, state: status.state }), [name, status.state]);

  return { status, ready, selected, select, run: () => void run(), cancel };
}
