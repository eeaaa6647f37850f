import { useEffect, useState } from 'preact/hooks';
import { count, epsilon as writeEpsilon } from '../../format.ts';
import { linkTo } from '../session/address.ts';
import { drawDigit } from './drawPictures.ts';
import { flipsBetween } from '../session/flipsBetween.ts';
import { openLibrary } from '../session/imageLibrary.ts';
import { messageOf } from '../session/messageOf.ts';
import { tell } from '../session/pageEvents.ts';
import { PixelPicture } from './PixelPicture.tsx';
import { pixelsOf } from '../session/pixelsOf.ts';
import { aDigit } from './words.ts';
import type { PublishedSweep } from './useCurve.ts';
import type { LiveCurveProps } from '../session/widgetTypes.ts';

interface Props extends LiveCurveProps {
  sweep: PublishedSweep;
  /** Place of the larger ε on the grid. */
  at: number;
}

/** Thumbnails that are shown at once. */
const page = 24;

/** The images whose label changes between an ε and the one before; one that is chosen opens in the widget. */
export function FlipList({ sweep, at, epsilons, steps, files, widget }: Props) {
  const [images, setImages] = useState<(i: number) => Float32Array>();
  const [shown, setShown] = useState(page);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    openLibrary(files)
      .sweepImages()
      .then(
        (bytes) => setImages(() => pixelsOf(bytes)),
        (error: unknown) => setProblem(messageOf(error)),
      );
  }, [files]);
  useEffect(() => setShown(page), [at]);
  const flips = flipsBetween(sweep.predicted, at);
  const epsilon = epsilons[at]!;
  const open = (place: number) => {
    const state = { image: sweep.indices[place]!, epsilon, steps, clip: true };
    // The widget may not be running yet: it reads the address when it does.
    history.replaceState(history.state, '', linkTo(widget.name, { ...state, unit: 'total' }, widget.anchor));
    document.getElementById(widget.anchor)?.scrollIntoView();
    tell('widget-show', { name: widget.name, change: state });
  };
  if (problem) return <p role="status">{problem}</p>;
  return (
    <>
      <p role="status">
        {flips.length === 0 ? 'No image' : count(flips.length)} of {count(sweep.labels.length)}{' '}
        {flips.length === 1 ? 'flips' : 'flip'} between {writeEpsilon(epsilons[at - 1]!)} and{' '}
        {writeEpsilon(epsilon)}.
      </p>
      {images && (
        <ul>
          {flips.slice(0, shown).map(({ place, from, to }) => (
            <li key={place}>
              <button type="button" onClick={() => open(place)}>
                <PixelPicture
                  file={undefined}
                  draw={() => drawDigit(images(place))}
                  ink
                  size={56}
                  alt={`Test image ${sweep.indices[place]}, ${aDigit(Number(sweep.labels[place]))}: open it in the widget`}
                />
                {from} → {to}
              </button>
            </li>
          ))}
        </ul>
      )}
      {flips.length > shown && (
        <button type="button" class="text-button" onClick={() => setShown(shown + page)}>
          Show {count(Math.min(page, flips.length - shown))} more
        </button>
      )}
    </>
  );
}
