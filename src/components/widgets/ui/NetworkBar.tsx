import { useEffect, useId } from 'preact/hooks';
import type { NamedNetwork } from '../session/view.ts';
import type { useNetworks } from './useNetworks.ts';
import type { LabProps } from './widgetProps.ts';

interface Props {
  networks: ReturnType<typeof useNetworks>;
  /** Those to choose from, by their names in addresses. */
  offered: LabProps['networks'];
  /** The network that is shown, if it is not the report's own. */
  network: NamedNetwork | undefined;
}

/** Chooses the network: the report's own, another one of the site, or files that are picked or dropped anywhere on the page. */
export function NetworkBar({ networks: { status, open, cancel }, offered, network }: Props) {
  const id = useId();
  const openFiles = (files: FileList | null | undefined) => {
    if (files?.length) open({ files: [...files] });
  };
  useEffect(() => {
    const onDrag = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      onDrag(event);
      openFiles(event.dataTransfer?.files);
    };
    const end = new AbortController();
    addEventListener('dragover', onDrag, { signal: end.signal });
    addEventListener('drop', onDrop, { signal: end.signal });
    return () => end.abort();
  }, []);
  const address = network ? (network.address ?? 'own') : '';
  return (
    <div class="network-bar needs-js no-print">
      <label for={id}>Network</label>
      <select
        id={id}
        value={address}
        onChange={({ currentTarget: field }) => {
          const chosen = field.value;
          // The network that is shown stays the one that is named.
          field.value = address;
          open(chosen === '' ? undefined : { address: chosen });
        }}
      >
        <option value="">the report’s</option>
        {Object.entries(offered).map(([key, { words: name }]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
        {address === 'own' && <option value="own">{network!.name}</option>}
      </select>
      <label class="file">
        <input
          class="visually-hidden"
          type="file"
          multiple
          accept=".onnx,.json,.bin,.zip"
          onChange={({ currentTarget: field }) => {
            openFiles(field.files);
            field.value = '';
          }}
        />
        <span>Open a file of yours</span>
      </label>
      {network && (
        <button type="button" class="text-button" onClick={() => open()}>
          Back to the report’s network
        </button>
      )}
      <p>
        ONNX, or a tfjs model.json with its .bin files, or a zip. You may drop it here; it never leaves this
        page.
      </p>
      {status.state === 'running' && (
        <p class="opening" role="status">
          Opening: {status.details}{' '}
          <button type="button" class="text-button" onClick={cancel}>
            Cancel
          </button>
        </p>
      )}
      {status.state === 'unavailable' && (
        <p class="problem" role="alert">
          {status.details}
        </p>
      )}
    </div>
  );
}
