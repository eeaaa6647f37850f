import { useState } from 'preact/hooks';
import { decimal, percent, probability } from '../../format.ts';
import { AlongEpsilon } from './AlongEpsilon.tsx';
import { argmax } from '../../../compute/statistics.ts';
import type { VectorScale } from './dumbbell.ts';
import { clippedShare, type Along, type Shown } from '../session/example.ts';
import { PredictionVector } from './PredictionVector.tsx';

interface Props {
  shown: Shown;
  /** undefined while it is computed. */
  along: Along | undefined;
  tableId: string | undefined;
}

const counts = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** Both prediction vectors, what the attack did in numbers, and the same image along ε. */
export function AttackDetails({ shown, along, tableId }: Props) {
  const [scale, setScale] = useState<VectorScale>('linear');
  const { original, path, label, epsilon } = shown;
  const steps = path.length;
  return (
    <>
      <PredictionVector
        id={tableId}
        caption="Probabilities of the ten classes before and after the attack"
        before={original.probabilities}
        after={path[steps - 1]!.probabilities}
        label={label}
        afterName={steps === 1 ? undefined : `after ${counts[steps] ?? steps} steps`}
        scale={scale}
        onScale={setScale}
      />
      <p class="facts">{facts(shown)}</p>
      {along ? (
        <AlongEpsilon along={along} label={label} epsilon={epsilon} />
      ) : (
        <p class="along pending">
          The same image along <i class="m">ε</i> is being computed.
        </p>
      )}
    </>
  );
}

/** Loss before and after, the share of clipped pixels, and the prediction of x* in bytes. */
function facts(shown: Shown): string {
  const { original, path, quantised, label, labelFromPrediction, clip } = shown;
  const sentences = [
    `Loss ${decimal(original.loss, 4)} before, ${decimal(path[path.length - 1]!.loss, 4)} after.`,
    clip
      ? `The clip stopped ${percent(clippedShare(shown))} of the pixels.`
      : 'Pixels may leave 0…1: no clip.',
  ];
  if (quantised) {
    const read = argmax(quantised);
    sentences.push(`Rounded to bytes towards x, it is read as ${read} (${probability(quantised[read]!)}).`);
  }
  if (labelFromPrediction) sentences.push(`The true class, ${label}, is taken from the prediction.`);
  return sentences.join(' ');
}
