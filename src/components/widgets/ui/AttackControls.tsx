import { useState } from 'preact/hooks';
import { linkTo } from '../session/address.ts';
import { Controls } from './Controls.tsx';
import { DifferenceTable } from './DifferenceTable.tsx';
import { ImagePicker } from './ImagePicker.tsx';
import { StatusLine } from './StatusLine.tsx';
import { stateName, statusWords, type Status } from '../session/status.ts';
import type { AttackControl } from './useAttack.ts';

interface Props {
  attack: AttackControl;
  name: string;
  anchor: string | undefined;
}

/** What the reader can turn, and below it what this browser has done. */
export function AttackControls({ attack, name, anchor }: Props) {
  const { state, view, ready, corrections, library, change, reset, check } = attack;
  const [open, setOpen] = useState(false);
  const { status, shown } = view;
  const differs = status.kind === 'checked' && !status.check.reproduced;
  // The code that writes files is fetched when a file is asked for.
  const download = async (what: 'picture' | 'vectors') => {
    const { pictureFile, save, vectorsFile } = await import('../session/download.ts');
    if (what === 'vectors') save(vectorsFile(shown), `${name}-vectors.json`);
    else save(await pictureFile(shown), `${name}-perturbed.png`);
  };
  return (
    <>
      <Controls
        state={state}
        ready={ready}
        onChange={change}
        onCopyLink={() => navigator.clipboard.writeText(linkTo(name, state, anchor))}
        onDownload={(what) => void download(what)}
        picker={
          <ImagePicker
            image={state.image === 'drawn' ? undefined : state.image}
            label={shown.label}
            library={library}
            onChoose={(image) => change({ image })}
          />
        }
      />
      <StatusLine
        state={stateName(status)}
        {...statusWords(status)}
        note={corrections.length > 0 ? `Corrected in the link: ${corrections.join(', ')}.` : ''}
        action={actionOf(status, { reset, check, toggle: () => setOpen(!open), open })}
      />
      {differs && open && <DifferenceTable differences={status.check.differences} />}
    </>
  );
}

/** What can be done about a status, at the right of its line. */
function actionOf(
  status: Status,
  { reset, check, toggle, open }: { reset: () => void; check: () => void; toggle: () => void; open: boolean },
): { text: string; onClick: () => void } | undefined {
  switch (status.kind) {
    case 'static':
      return { text: 'Run it here', onClick: check };
    case 'running':
      return undefined;
    case 'checked':
      return status.check.reproduced
        ? { text: 'Run again', onClick: check }
        : { text: open ? 'Hide the differences' : 'Show the differences', onClick: toggle };
    case 'computed':
      return { text: 'Back to the build’s settings', onClick: reset };
    case 'unavailable':
    case 'failed':
      return { text: 'Try again', onClick: check };
  }
}
