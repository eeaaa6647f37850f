import { useEffect, useId, useMemo, useState } from 'preact/hooks';
import { argmax } from '../../../compute/statistics.ts';
import { AttackControls } from './AttackControls.tsx';
import { AttackDetails } from './AttackDetails.tsx';
import { DrawingPad } from './DrawingPad.tsx';
import { FilmStrip } from './FilmStrip.tsx';
import { Later } from './Later.tsx';
import { RunsTable, type VisitRun } from './RunsTable.tsx';
import { ThreePictures, type Perturbation } from './ThreePictures.tsx';
import { useAttack } from './useAttack.ts';
import type { AttackWidgetProps } from '../session/widgetTypes.ts';
import { aDigit } from './words.ts';
import './widgets.css';

/** Milliseconds after which a result counts as a run of the visit. */
const rest = 600;

/** The attack on any test image, or on a digit that the reader draws, with the runs of this visit. */
export function LabWidget(props: AttackWidgetProps) {
  const attack = useAttack(props);
  const { shown, built, along, status } = attack.view;
  const [perturbation, setPerturbation] = useState<Perturbation>('step');
  const [sheet, setSheet] = useState(0);
  const [truth, setTruth] = useState<number>();
  const [drawing, setDrawing] = useState<Float32Array>();
  const [runs, setRuns] = useState<VisitRun[]>([]);
  const id = useId();

  const attackDrawn = (pixels: Float32Array, label: number | undefined) => {
    setDrawing(pixels);
    attack.attackDrawing({ pixels, label });
  };
  useEffect(() => {
    if (status.kind !== 'computed') return undefined;
    const timer = setTimeout(() => setRuns((before) => [...before, { shown }]), rest);
    return () => {
      clearTimeout(timer);
    };
    // A run counts once; what fills in later belongs to it.
  }, [shown.path]);

  // The controls change with every move of the reader; what shows the result waits for the next one.
  const strip = useMemo(
    () => <FilmStrip shown={shown} files={built ? props.film : undefined} />,
    [shown, built],
  );
  const details = useMemo(
    () => <AttackDetails shown={shown} along={along} tableId={props.tableId} />,
    [shown, along],
  );

  return (
    <div class="attack-widget lab-widget" data-widget={props.name} data-ready={attack.ready}>
      <Later>
        <ThreePictures
          shown={shown}
          files={built ? props.pictures : undefined}
          perturbation={perturbation}
          onPerturbation={setPerturbation}
          pad={
            <DrawingPad
              pixels={shown.pixels}
              file={built ? props.pictures?.original : undefined}
              sheet={sheet}
              alt={`Drawing area: ${aDigit(shown.label)}, read as ${aDigit(argmax(shown.original.probabilities))}. Draw with mouse, finger or pen; with the keyboard choose a test image below.`}
              onDrawn={(pixels) => attackDrawn(pixels, truth)}
            />
          }
          name={
            <>
              <i class="m">x</i>
              <span class="needs-js no-print">
                , draw over it or{' '}
                <button type="button" class="text-button" onClick={() => setSheet(sheet + 1)}>
                  start empty
                </button>
              </span>
            </>
          }
        />
      </Later>
      <Later>
        <AttackControls attack={attack} anchor={props.anchor} name={props.name} />
      </Later>
      <p class="truth needs-js no-print">
        <label for={id}>The true class of what you draw is</label>{' '}
        <select
          id={id}
          value={truth ?? 'prediction'}
          onChange={({ currentTarget: { value } }) => {
            const label = value === 'prediction' ? undefined : Number(value);
            setTruth(label);
            if (drawing && attack.state.image === 'drawn') attackDrawn(drawing, label);
          }}
        >
          <option value="prediction">taken from the prediction</option>
          {shown.original.probabilities.map((_, digit) => (
            <option key={digit} value={digit}>
              {digit}
            </option>
          ))}
        </select>
      </p>
      {shown.path.length > 1 && strip}
      <Later>{details}</Later>
      <RunsTable runs={runs} />
    </div>
  );
}
