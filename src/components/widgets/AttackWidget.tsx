import { AttackDetails } from './AttackDetails.tsx';
import { AttackControls } from './AttackControls.tsx';
import { FilmStrip } from './FilmStrip.tsx';
import { useState } from 'preact/hooks';
import { ThreePictures, type Perturbation } from './ThreePictures.tsx';
import { useAttack } from './useAttack.ts';
import type { AttackWidgetProps } from './widgetTypes.ts';
import './widgets.css';

/**
 * One image under attack: the build's result, which the reader's browser repeats, compares and then varies.
 * Rendered by the build with its own result; nothing moves when a browser takes over.
 */
export function AttackWidget(props: AttackWidgetProps) {
  const { pictures, film } = props;
  const attack = useAttack(props);
  const [perturbation, setPerturbation] = useState<Perturbation>('step');
  const { shown, built, status } = attack.view;
  const strip = <FilmStrip shown={shown} files={built ? film : undefined} />;
  return (
    <div class="attack-widget" data-widget={props.name} data-ready={attack.ready}>
      {pictures ? (
        <ThreePictures
          shown={shown}
          files={built ? pictures : undefined}
          perturbation={perturbation}
          onPerturbation={setPerturbation}
          differing={
            built && status.kind === 'checked' && !status.check.reproduced ? status.check.differingPixels : []
          }
        />
      ) : (
        strip
      )}
      <AttackControls attack={attack} anchor={props.anchor} name={props.name} />
      {pictures && shown.path.length > 1 && strip}
      <AttackDetails view={attack.view} tableId={props.tableId} />
    </div>
  );
}
