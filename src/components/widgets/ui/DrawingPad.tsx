import { useEffect, useRef, useState } from 'preact/hooks';
import { centreDigit } from '../session/centreDigit.ts';
import { argmax } from '../../../compute/statistics.ts';
import type { AttackResult } from '../session/example.ts';
import { aDigit } from '../session/words.ts';
import { createInkSheet, type Place } from '../session/inkSheet.ts';
import { drawDigit, PixelPicture } from './PixelPicture.tsx';

interface Props {
  /** What is shown: its image lies under the pen. */
  result: AttackResult;
  /** The build's file of the image, while it is shown. */
  file: string | undefined;
  /** Changes when the sheet is to be emptied. */
  sheet: number;
  onDrawn: (pixels: Float32Array) => void;
}

/** Milliseconds after which a pen that was lifted is taken to have finished. */
const pause = 700;

/**
 * A sheet of 28 by 28 pixels that a mouse, a finger or a pen draws on. What begins on an empty sheet is
 * centred and scaled as MNIST is once the pen rests; what is drawn over an image stays where it is.
 */
export function DrawingPad({ result, file, sheet, onDrawn }: Props) {
  const { pixels, label, original } = result;
  const predicted = aDigit(argmax(original.prediction.probabilities));
  const [drawn, setDrawn] = useState<Float32Array>();
  const [ink] = useState(createInkSheet);
  const last = useRef<Place>();
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const base = useRef(pixels);
  const empty = useRef(false);

  useEffect(() => {
    ink.clear();
    setDrawn(undefined);
    base.current = pixels;
    empty.current = false;
  }, [pixels]);
  useEffect(() => {
    if (sheet === 0) return;
    clearTimeout(timer.current);
    ink.clear();
    base.current = new Float32Array(pixels.length);
    empty.current = true;
    setDrawn(base.current);
  }, [sheet]);

  const placeOf = (event: PointerEvent): Place => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };
  const overlay = () => {
    const means = ink.means();
    return base.current.map((value, i) => Math.max(value, means[i]!));
  };
  const stroke = (to: Place) => {
    ink.draw(last.current ?? to, to);
    last.current = to;
    setDrawn(overlay());
  };
  const finish = () => {
    const finished = empty.current ? centreDigit(ink.values, ink.width) : overlay();
    if (finished) onDrawn(finished);
  };
  const lift = () => {
    if (!last.current) return;
    last.current = undefined;
    timer.current = setTimeout(finish, pause);
  };
  return (
    <span
      class="drawing-pad"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        clearTimeout(timer.current);
        event.currentTarget.setPointerCapture(event.pointerId);
        stroke(placeOf(event));
      }}
      onPointerMove={(event) => {
        if (last.current) stroke(placeOf(event));
      }}
      onPointerUp={lift}
      onPointerCancel={lift}
    >
      <PixelPicture
        file={drawn ? undefined : file}
        draw={() => drawDigit(drawn ?? pixels)}
        ink
        alt={`Drawing area: ${aDigit(label)}, predicted as ${predicted}. Draw with mouse, finger or pen; with the keyboard choose a test image below.`}
      />
    </span>
  );
}
