import { useId, useState } from 'preact/hooks';
import { aDigitName } from '../../format.ts';
import { listImages, type LibraryFiles, type ListedImage } from '../session/imageLibrary.ts';
import type { AttackControl } from './useAttack.ts';

/**
 * Test images by class, those marked that the report's network misclassifies, while it is shown; their list is fetched when
 * the reader comes to it.
 */
export function ImagePicker({ attack, files }: { attack: AttackControl; files: LibraryFiles }) {
  const { view, change } = attack;
  const { image } = view.state;
  const id = useId();
  const [images, setImages] = useState<ListedImage[]>([]);
  const [problem, setProblem] = useState('');
  const load = () => {
    if (images.length > 0) return;
    listImages(files).then(
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
          value={image}
          onPointerDown={load}
          onFocus={load}
          onChange={({ currentTarget }) => {
            const chosen = Number(currentTarget.value);
            if (Number.isInteger(chosen)) change({ image: chosen });
          }}
        >
          {!listed && (
            <option value={image}>
              {image === 'drawn' ? 'your digit' : `${image}, ${aDigitName(view.result.label)}`}
            </option>
          )}
          {images.length === 0 && <option disabled>{problem || 'more images are on their way'}</option>}
          {Object.entries(Object.groupBy(images, (one) => one.label)).map(([digit, ofClass]) => (
            <optgroup key={digit} label={`Images of ${aDigitName(Number(digit))}`}>
              {ofClass!.map((one) => (
                <option key={one.index} value={one.index}>
                  {one.index}, {aDigitName(one.label)}
                  {!view.network &&
                    one.predicted !== one.label &&
                    `, misclassified as ${aDigitName(one.predicted)}`}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </div>
    </div>
  );
}
