import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { aDigitName } from '../../format.ts';
import { argmax } from '../../../compute/statistics.ts';
import { centreDigit, createInkSheet, type Place } from '../session/inkSheet.ts';
import { PixelPicture } from './PixelPicture.tsx';
import type { AttackControl } from './useAttack.ts';

interface Options {
  attack: AttackControl;
  /** The build's file of the image, while it is shown. */
  file: string | undefined;
  /** The true class of what is drawn, if it is known. */
  label: number | undefined;
}

/** Milliseconds after which a pen that was lifted is taken to have finished. */
const pause = 700;

/**
 * A sheet of 28 by 28 pixels that a mouse, a finger or a pen draws on. What begins on an empty sheet is
 * centred and scaled as MNIST is once the pen rests; what is drawn over an image stays where it is.
 *
 * @returns the picture that is drawn on, and its name, which offers an empty sheet
 */
export function useDrawingPad({ attack, file, label }: Options) {
  const { state, result } = attack.view;
  const { pixels, original } = result;
  const predicted = aDigitName(argmax(original.prediction.probabilities));
  const draw = useRef<Draw>(() => undefined);
  /** Whether a finger draws, too: on an image it scrolls. */
  const [fingers, setFingers] = useState(false);
  const [ink] = useState(createInkSheet);
  /** The pointer that draws, where it is, and the ink before it came down. */
  const pen = useRef<{ id: number; at: Place; before: Float32Array }>();
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const base = useRef(pixels);
  const empty = useRef(false);
  const handedOver = useRef<Float32Array>();
  /** The label when the pen comes to rest may be another than when it was lifted. */
  const newestLabel = useRef(label);
  newestLabel.current = label;

  const rest = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
  };
  const begin = (image: Float32Array) => {
    rest();
    pen.current = undefined;
    ink.clear();
    base.current = image;
  };
  const show = (own: boolean) => {
    begin(pixels);
    empty.current = false;
    draw.current(undefined);
    if (!own) setFingers(false);
  };
  useEffect(() => {
    const own = pixels === handedOver.current;
    // A stroke that was begun before the answer to the one before it goes on.
    if (!own || !(pen.current || timer.current)) show(own);
  }, [pixels]);
  useEffect(() => {
    // What was drawn before the reader chose an image is not wanted any more, however long the image takes.
    if (state.image !== 'drawn') show(false);
  }, [state.image]);
  const startEmpty = () => {
    begin(new Float32Array(pixels.length));
    empty.current = true;
    draw.current(base.current);
    setFingers(true);
  };

  const placeOf = (event: PointerEvent): Place => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };
  const overlay = () => {
    const means = ink.means();
    return base.current.map((value, i) => Math.max(value, means[i]!));
  };
  const finish = () => {
    timer.current = undefined;
    handedOver.current = empty.current ? centreDigit(ink.values) : overlay();
    if (handedOver.current) attack.draw({ pixels: handedOver.current, label: newestLabel.current });
  };
  const lift = ({ pointerId }: PointerEvent) => {
    if (pointerId !== pen.current?.id) return;
    pen.current = undefined;
    if (ink.values.some((value) => value > 0)) timer.current = setTimeout(finish, pause);
  };
  const picture = (
    <span
      class={fingers ? 'drawing-pad fingers' : 'drawing-pad'}
      onPointerDown={(event) => {
        if (event.button !== 0 || pen.current || (event.pointerType === 'touch' && !fingers)) return;
        rest();
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = placeOf(event);
        pen.current = { id: event.pointerId, at, before: ink.values.slice() };
        ink.draw(at, at);
        draw.current(overlay());
      }}
      onPointerMove={(event) => {
        if (event.pointerId !== pen.current?.id) return;
        const to = placeOf(event);
        ink.draw(pen.current.at, to);
        pen.current.at = to;
        draw.current(overlay());
      }}
      onPointerUp={lift}
      onPointerCancel={(event) => {
        // Two fingers scroll: what the first of them drew meanwhile goes.
        if (event.pointerId !== pen.current?.id) return;
        ink.values.set(pen.current.before);
        draw.current(overlay());
        lift(event);
      }}
    >
      <Sheet
        draw={draw}
        file={file}
        pixels={pixels}
        alt={`Drawing area: ${aDigitName(result.label)}, predicted as ${predicted}. Draw with mouse, finger or pen; with the keyboard choose a test image below.`}
      />
    </span>
  );
  const name = (
    <>
      <i class="m">x</i>
      <span class="needs-js no-print">
        , draw over it with mouse or pen, or{' '}
        <button type="button" class="text-button" onClick={startEmpty}>
          start empty
        </button>
      </span>
    </>
  );
  return { picture, name };
}

/** Shows what is drawn in place of the image, or the image again. */
type Draw = (drawn: Float32Array | undefined) => void;

interface SheetProps {
  /** Is given what draws. */
  draw: RefObject<Draw>;
  file: string | undefined;
  pixels: Float32Array;
  alt: string;
}

/** What the pen leaves is this picture's own state: a stroke would redraw the whole widget many times a second. */
function Sheet({ draw, file, pixels, alt }: SheetProps) {
  const [drawn, setDrawn] = useState<Float32Array>();
  draw.current = setDrawn;
  return <PixelPicture file={drawn ? undefined : file} values={drawn ?? pixels} alt={alt} />;
}
