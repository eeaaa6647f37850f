import { loss as writeLoss, percent, probability } from '../../format.ts';
import { argmax } from '../../../compute/statistics.ts';
import type { EpsilonCurve as Curve } from '../session/epsilonCurve.ts';
import { clippedShare, type AttackResult } from '../session/example.ts';
import { EpsilonCurve } from './EpsilonCurve.tsx';
import { PredictionVector } from './PredictionVector.tsx';

interface Props {
  result: AttackResult;
  /** A sentence stands in for a curve that is not there. */
  curve: Curve | string;
  /** Anchor of the table. */
  tableId: string;
}

/** Both prediction vectors, what the attack did in numbers, and the same image along ε. */
export function AttackDetails({ result, curve, tableId }: Props) {
  const { original, path, label, target, epsilon } = result;
  const steps = path.length;
  return (
    <>
      <PredictionVector
        id={tableId}
        before={original.prediction.probabilities}
        after={path.at(-1)!.prediction.probabilities}
        label={label}
        steps={steps}
      />
      <p class="facts">{facts(result)}</p>
      {typeof curve === 'string' ? (
        <p class="along pending">{curve}</p>
      ) : (
        <EpsilonCurve curve={curve} label={label} target={target} epsilon={epsilon} />
      )}
    </>
  );
}

/** Loss before and after, the share of clipped pixels, and the prediction of x* in bytes. */
function facts(result: AttackResult): string {
  const { original, path, quantised, label, labelFromPrediction, target, clip } = result;
  const sentences = [
    `Loss ${writeLoss(original.loss)} before, ${writeLoss(path.at(-1)!.loss)} after.`,
    clip
      ? `The clip stopped ${percent(clippedShare(result))} of the pixels${path.length > 1 ? ' in at least one step' : ''}.`
      : 'Pixels may leave 0…1: no clip.',
  ];
  if (target !== undefined) {
    const reached = argmax(path.at(-1)!.prediction.probabilities) === target;
    sentences.unshift(`The attack moves towards class ${target}${reached ? '' : ' and does not reach it'}.`);
  }
  if (quantised) {
    const predicted = argmax(quantised);
    const p = probability(quantised[predicted]!);
    sentences.push(`Rounded to bytes towards x, the prediction is ${predicted} (${p}).`);
  }
  if (labelFromPrediction) sentences.push(`The true class, ${label}, is taken from the prediction.`);
  return sentences.join(' ');
}
