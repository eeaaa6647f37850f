import { useEffect, useState } from 'preact/hooks';
import { aDigitName, count, epsilon as writeEpsilon } from '../../format.ts';
import { fetchSweep, fetchSweepImages, pixelsAt, type PublishedSweep } from '../session/imageLibrary.ts';
import { linkTo } from '../session/state.ts';
import { messageOf } from '../session/status.ts';
import { tell } from './pageEvents.ts';
import { PixelPicture } from './PixelPicture.tsx';
import type { LiveCurveProps } from './widgetProps.ts';

interface Props extends LiveCurveProps {
  /** Place of the larger ε on the grid. */
  at: number;
}

/** Thumbnails that are shown at once. */
const page = 24;

/** The images whose label changes between an ε and the one before; one that is chosen opens in the widget. */
export function FlipList({ at, epsilons, steps, files, widget }: Props) {
  const [sweep, setSweep] = useState<PublishedSweep & { images: Uint8Array }>();
  const [shown, setShown] = useState(page);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    Promise.all([fetchSweep(files.curve), fetchSweepImages(files.sweepImages)]).then(
      ([stored, images]) => {
        setSweep({ ...stored, images });
        setProblem('');
      },
      (error: unknown) => setProblem(messageOf(error)),
    );
  }, [files, at]);
  useEffect(() => setShown(page), [at]);
  if (!sweep) return <p role="status">{problem || 'The images are being fetched.'}</p>;
  const flips = flipsBetween(sweep.predicted, at);
  const epsilon = epsilons[at]!;
  const open = (place: number) => {
    const state = { image: sweep.indices[place]!, epsilon, steps, clip: true, target: undefined };
    // The widget may not be running yet: it reads the address when it does.
    history.replaceState(history.state, '', linkTo(widget.name, { ...state, unit: 'total' }, widget.anchor));
    document.getElementById(widget.anchor)?.scrollIntoView();
    tell('widget-show', { name: widget.name, change: state });
  };
  return (
    <>
      <p role="status">
        {flips.length === 0 ? 'No image' : count(flips.length)} of {count(sweep.labels.length)}{' '}
        {flips.length === 1 ? 'flips' : 'flip'} between {writeEpsilon(epsilons[at - 1]!)} and{' '}
        {writeEpsilon(epsilon)}.
      </p>
      <ul>
        {flips.slice(0, shown).map(({ place, from, to }) => (
          <li key={place}>
            <button type="button" onClick={() => open(place)}>
              <PixelPicture
                values={pixelsAt(sweep.images, place)}
                alt={`Test image ${sweep.indices[place]}, ${aDigitName(Number(sweep.labels[place]))}: open it in the widget`}
              />
              {from} → {to}
            </button>
          </li>
        ))}
      </ul>
      {flips.length > shown && (
        <button type="button" class="text-button" onClick={() => setShown(shown + page)}>
          Show {count(Math.min(page, flips.length - shown))} more
        </button>
      )}
    </>
  );
}

/** The images whose prediction differs between an ε of the grid and the one before, by their places among those of the sweep. */
export function flipsBetween(predicted: readonly string[], at: number) {
  const after = predicted[at]!;
  return Array.from(predicted[at - 1]!, (from, place) => ({ place, from, to: after[place]! })).filter(
    ({ from, to }) => from !== to,
  );
}
