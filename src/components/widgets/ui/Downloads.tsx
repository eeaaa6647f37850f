import { Fragment, type ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type * as writers from './download.ts';

/** A file of the reader's, and what writes it: that code comes with the first file. */
export interface Download {
  name: string;
  text: ComponentChildren;
  write: (to: typeof writers) => Blob | Promise<Blob>;
}

interface Props {
  files: readonly Download[];
  /** Follows the names of the files. */
  note: string | false;
}

/** Files that the reader can keep; each is written when it is asked for. */
export function Downloads({ files, note }: Props) {
  const [problem, setProblem] = useState('');
  const keep = async ({ name, write }: Download) => {
    try {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(await write(await import('./download.ts')));
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
      setProblem('');
    } catch {
      setProblem(`. ${name} could not be written: reload the page to try again`);
    }
  };
  return (
    <>
      Download{' '}
      {files.map((file, i) => (
        <Fragment key={file.name}>
          {i > 0 && ', '}
          <button type="button" class="text-button" onClick={() => void keep(file)}>
            {file.text}
          </button>
        </Fragment>
      ))}
      {note}
      {problem}
    </>
  );
}
