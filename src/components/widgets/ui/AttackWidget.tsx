import { AttackDetails } from './AttackDetails.tsx';
import { AttackControls } from './AttackControls.tsx';
import { FilmStrip } from './FilmStrip.tsx';
import { useMemo, useState } from 'preact/hooks';
import { ThreePictures, type Perturbation } from './ThreePictures.tsx';
import { useAttack } from './useAttack.ts';
import type { AttackWidgetProps } from '../session/widgetTypes.ts';
import './widgets.css';

/**
 * One image under attack: the build's result, which the reader's browser repeats, compares and then varies.
 * Rendered by the build with its own result; nothing moves when a browser takes over.
 */
export function AttackWidget(props: AttackWidgetProps) {
  const { pictures, film } = props;
  const attack = useAttack(props);
  const [perturbation, setPerturbation] = useState<Perturbation>('step');
  const { shown, built, along, status } = attack.view;
  const check = status.kind === 'checked' ? status.check : undefined;
  // The controls change with every move of the reader; what shows the result waits for the next one.
  const strip = useMemo(() => <FilmStrip shown={shown} files={built ? film : undefined} />, [shown, built]);
  const first = useMemo(
    () =>
      pictures ? (
        <ThreePictures
          shown={shown}
          files={built ? pictures : undefined}
          perturbation={perturbation}
          onPerturbation={setPerturbation}
          differing={built && check && !check.reproduced ? check.differingPixels : []}
        />
      ) : (
        strip
      ),
    [shown, built, perturbation, check],
  );
  const details = useMemo(
    () => <AttackDetails shown={shown} along={along} tableId={props.tableId} />,
    [shown, along],
  );
  return (
    <div class="attack-widget" data-widget={props.name} data-ready={attack.ready}>
      {first}
      <AttackControls attack={attack} anchor={props.anchor} name={props.name} />
      {pictures && shown.path.length > 1 && strip}
      {details}
    </div>
  );
}
