import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { AttackDetails } from './AttackDetails.tsx';
import { AttackStatus } from './AttackStatus.tsx';
import { Controls } from './Controls.tsx';
import { FilmStrip } from './FilmStrip.tsx';
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
  /** Follows the status. */
  choice?: ComponentChildren;
  /** Follows all. */
  children?: ComponentChildren;
}

/** The parts of an attack widget in their order. */
export function AttackParts({ attack, pad, choice, children, ...props }: Props) {
  const { name, anchor, tableId, files, pictures, film } = props;
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
    () => <AttackDetails result={result} curve={curve} tableId={tableId} />,
    [result, curve],
  );
  return (
    <div class="attack-widget" data-widget={name} data-ready={attack.ready}>
      {pictures ? three : strip}
      <Controls attack={attack} files={files} name={name} anchor={anchor} />
      <AttackStatus attack={attack} />
      {choice}
      {pictures && result.path.length > 1 && strip}
      {details}
      {children}
    </div>
  );
}
