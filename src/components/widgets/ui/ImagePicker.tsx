import { useId, useState } from 'preact/hooks';
import type { ImageLibrary, LibraryImage } from '../session/imageLibrary.ts';
import { aDigit } from './words.ts';

interface Props {
  /** Index of the shown image; undefined for a drawing. */
  image: number | undefined;
  /** Label of the shown image. */
  label: number;
  library: ImageLibrary;
  onChoose: (image: number) => void;
}

/** Test images by class, those that the network misreads marked; their list is fetched when the reader comes to it. */
export function ImagePicker({ image, label, library, onChoose }: Props) {
  const id = useId();
  const [images, setImages] = useState<LibraryImage[]>([]);
  const [problem, setProblem] = useState('');
  const load = () => {
    if (images.length > 0) return;
    library.list().then(
      (list) => {
        setImages(list);
        setProblem('');
      },
      () => setProblem('more images could not be fetched'),
    );
  };
  const listed = images.some(({ index }) => index === image);
  return (
    <div class="picker">
      <div class="label">
        <label for={id}>Test image</label>
      </div>
      <div class="row">
        <select
          id={id}
          value={image ?? 'drawn'}
          onPointerDown={load}
          onFocus={load}
          onChange={({ currentTarget }) => {
            const chosen = Number(currentTarget.value);
            if (Number.isInteger(chosen)) onChoose(chosen);
          }}
        >
          {image === undefined && <option value="drawn">your digit</option>}
          {image !== undefined && !listed && (
            <option value={image}>
              {image}, {aDigit(label)}
            </option>
          )}
          {images.length === 0 && <option disabled>{problem || 'more images are on their way'}</option>}
          {groups(images).map(({ digit, members }) => (
            <optgroup key={digit} label={`Images of ${aDigit(digit)}`}>
              {members.map(({ index, predicted }) => (
                <option key={index} value={index}>
                  {index}, {aDigit(digit)}
                  {predicted !== digit && `, misread as ${aDigit(predicted)}`}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </div>
    </div>
  );
}

function groups(images: readonly LibraryImage[]): { digit: number; members: LibraryImage[] }[] {
  return Array.from({ length: 10 }, (_, digit) => ({
    digit,
    members: images.filter(({ label }) => label === digit),
  })).filter(({ members }) => members.length > 0);
}
