import { useEffect, useRef, useState } from 'preact/hooks';
import { centreDigit } from '../session/centreDigit.ts';
import { drawDigit } from './drawPictures.ts';
import { createInkCanvas, type InkCanvas } from './inkCanvas.ts';
import { PixelPicture } from './PixelPicture.tsx';

interface Props {
  /** The image under the pen. */
  pixels: Float32Array;
  /** The build's file of it, while it is shown. */
  file: string | undefined;
  /** Changes when the sheet is to be emptied. */
  sheet: number;
  alt: string;
  onDrawn: (pixels: Float32Array) => void;
}

/** Milliseconds after which a pen that was lifted is taken to have finished. */
const rest = 700;

/**
 * A sheet of 28 by 28 pixels that a mouse, a finger or a pen draws on. What begins on an empty sheet is
 * centred and scaled as MNIST is once the pen rests; what is drawn over an image stays where it is.
 */
export function DrawingPad({ pixels, file, sheet, alt, onDrawn }: Props) {
  const [drawn, setDrawn] = useState<Float32Array>();
  const ink = useRef<InkCanvas>();
  const last = useRef<[number, number]>();
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const base = useRef(pixels);
  const empty = useRef(false);

  useEffect(() => {
    ink.current?.clear();
    setDrawn(undefined);
    base.current = pixels;
    empty.current = false;
  }, [pixels]);
  useEffect(() => {
    if (sheet === 0) return;
    clearTimeout(timer.current);
    ink.current?.clear();
    base.current = new Float32Array(pixels.length);
    empty.current = true;
    setDrawn(base.current);
  }, [sheet]);

  const placeOf = (event: PointerEvent): [number, number] => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };
  const overlay = () => {
    const coarse = ink.current!.coarse();
    return base.current.map((value, i) => Math.max(value, coarse[i]!));
  };
  const stroke = (to: [number, number]) => {
    ink.current ??= createInkCanvas();
    ink.current.draw(last.current ?? to, to);
    last.current = to;
    setDrawn(overlay());
  };
  const finish = () => {
    const { values, width } = ink.current!.ink();
    const finished = empty.current ? centreDigit(values, width) : overlay();
    if (finished) onDrawn(finished);
  };
  const lift = () => {
    if (!last.current) return;
    last.current = undefined;
    timer.current = setTimeout(finish, rest);
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
        size={280}
        alt={alt}
      />
    </span>
  );
}
