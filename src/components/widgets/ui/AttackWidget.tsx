import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { argmax } from '../../../compute/statistics.ts';
import { loss as writeLoss, percent, probability } from '../../format.ts';
import { ownTitles } from '../session/status.ts';
import { clippedShare, type AttackResult } from '../session/view.ts';
import { Controls } from './Controls.tsx';
import { EpsilonCurve } from './EpsilonCurve.tsx';
import { FilmStrip } from './FilmStrip.tsx';
import { PredictionVector } from './PredictionVector.tsx';
import { ScrollTable } from './ScrollTable.tsx';
import { StatusLine } from './StatusLine.tsx';
import { ThreePictures } from './ThreePictures.tsx';
import { useAttack, type AttackControl } from './useAttack.ts';
import type { AttackWidgetProps } from './widgetProps.ts';

/**
 * One image under attack: the build's result, which the reader's browser repeats, compares and then varies.
 * Rendered by the build with its own result; nothing moves when a browser takes over.
 */
export function AttackWidget(props: AttackWidgetProps) {
  return <AttackParts {...props} attack={useAttack(props)} />;
}

interface Props extends AttackWidgetProps {
  attack: AttackControl;
  /** Stands in for the first picture, with what it is: the pad of the lab. */
  pad?: { picture: ComponentChildren; name: ComponentChildren };
  choice?: ComponentChildren;
  children?: ComponentChildren;
}

/** The parts of an attack widget in their order. */
export function AttackParts({ attack, pad, choice, children, ...props }: Props) {
  const { name, tableId, pictures, film } = props;
  const { result, built, curve, status } = attack.view;
  const differing = status.differences?.differingPixels;
  // The controls change with every move of the reader; what shows the result waits for the next one.
  const strip = useMemo(
    () => <FilmStrip result={result} files={built ? film : undefined} />,
    [result, built],
  );
  const three = useMemo(
    () => (
      <ThreePictures result={result} files={built ? pictures : undefined} differing={differing} pad={pad} />
    ),
    [result, built, differing, pad],
  );
  const details = useMemo(
    () => (
      <>
        <PredictionVector id={tableId} run={result} />
        <p class="facts">{facts(result)}</p>
        {typeof curve === 'string' ? (
          <p class="along pending">{curve}</p>
        ) : (
          <EpsilonCurve curve={curve} result={result} />
        )}
      </>
    ),
    [result, curve],
  );
  return (
    <div class="attack-widget" data-widget={name} data-ready={attack.ready}>
      {pictures ? three : strip}
      <Controls {...props} attack={attack} />
      <AttackStatus attack={attack} />
      {choice}
      {pictures && result.path.length > 1 && strip}
      {details}
      {children}
    </div>
  );
}

/** What this browser has done, what can be done about it, and where it differs from the build. */
function AttackStatus({ attack }: { attack: AttackControl }) {
  const { view, corrections, reset, check, retry } = attack;
  const { status, network } = view;
  const { state, details, differences } = status;
  const [open, setOpen] = useState(false);
  const again = { text: 'Run again', onClick: check };
  const actions = {
    static: { text: 'Run it here', onClick: check },
    running: undefined,
    reproduced: again,
    differs: differences
      ? { text: open ? 'Hide the differences' : 'Show the differences', onClick: () => setOpen(!open) }
      : again,
    computed: { text: network ? 'Back to the example' : 'Back to the build’s settings', onClick: reset },
    unavailable: { text: 'Try again', onClick: retry },
  };
  const corrected = corrections.length > 0 ? ` Corrected in the link: ${corrections.join(', ')}.` : '';
  return (
    <>
      <StatusLine
        status={{ ...status, details: details + corrected }}
        words={network && ownTitles}
        action={actions[state]}
      />
      {differences && open && (
        <ScrollTable
          label="Differences"
          heads={['', 'stored', 'here', 'difference']}
          rows={differences.perturbed.map(({ stored, here }, digit) => [
            `p(${digit}) on x*`,
            stored,
            here,
            Math.abs(stored - here).toExponential(1),
          ])}
        />
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
