import { useEffect, useRef, useState } from 'preact/hooks';
import type { InputUnits } from '../../../compute/networks/import/inputUnits.ts';
import type { NamedFile } from '../../../compute/networks/import/readNetwork.ts';
import { MOST_BYTES, tooLarge } from '../../../compute/networks/import/refusal.ts';
import type { NetworkToOpen, OpenedNetwork } from '../session/openNetwork.ts';
import { download, loadCode, type Tell } from '../session/siteFile.ts';
import { withoutState } from '../session/state.ts';
import type { Status } from '../session/status.ts';
import type { NamedNetwork } from '../session/view.ts';
import type { AnswersPanel } from './AnswersPanel.tsx';
import { startEngine } from './connectEngine.ts';
import type { NetworkPanel } from './NetworkPanel.tsx';
import { useRun, type RunOptions } from './useRun.ts';
import type { LabProps } from './widgetProps.ts';

const idle: Status = { state: 'static', details: '' };

/** A network that the reader wants to attack: one of the site by its name in addresses, or files of their own. */
type NetworkChoice = { address: string } | { files: readonly File[] };

/** A network that is shown in the place of the report's own. */
export interface ShownNetwork {
  choice: NetworkChoice;
  network: OpenedNetwork;
  /** What shows it: its code comes with the network. */
  Panel: typeof NetworkPanel;
  Answers: typeof AnswersPanel;
}

/**
 * The networks that the reader goes through. One that is chosen is shown once it can be attacked, and the one before it until
 * then; the newest choice wins. Each has an entry in the history.
 */
export function useNetworks(props: LabProps) {
  /** The report's own if there is none. */
  const [shown, setShown] = useState<ShownNetwork>();
  const { status, run, cancel } = useRun(idle);
  const current = useRef<ShownNetwork>();
  /** The newest files of the reader: the browser's own buttons lead back to them. */
  const given = useRef<NetworkChoice>();

  const show = (next: ShownNetwork | undefined, keepsEntry: boolean) => {
    if (!keepsEntry) pushNetwork(props.name, next?.network.view.network);
    const worker = current.current?.network.worker;
    if (worker !== next?.network.worker) worker?.end();
    current.current = next;
    setShown(next);
  };
  /** Shows what is loaded, unless the reader asks for something else meanwhile. */
  const attempt = (load: (options: RunOptions) => Promise<ShownNetwork>, keepsEntry: boolean) =>
    void run('starting', async (options) => {
      show(await load(options), keepsEntry);
      options.report(idle);
    });
  const open = (choice: NetworkChoice | undefined, keepsEntry = false) => {
    if (!choice) {
      cancel();
      if (current.current) show(undefined, keepsEntry);
      return;
    }
    attempt(async (options) => {
      const [{ openNetwork }, { NetworkPanel: Panel }, { AnswersPanel: Answers }] = await loadCode(() =>
        Promise.all([
          import('../session/openNetwork.ts'),
          import('./NetworkPanel.tsx'),
          import('./AnswersPanel.tsx'),
        ]),
      );
      options.signal.throwIfAborted();
      const found = await networkToOpen(choice, props.networks, options.tell);
      const network = await openNetwork(found, props.example, props.files, options);
      if ('files' in choice) given.current = choice;
      return { choice, network, Panel, Answers };
    }, keepsEntry);
  };
  const changeUnits = (network: OpenedNetwork, units: InputUnits) => {
    const before = current.current;
    if (before?.network !== network) return;
    attempt(async (options) => ({ ...before, network: await network.withUnits(units, options) }), true);
  };

  useEffect(() => {
    const follow = () => {
      const before = current.current?.choice;
      // The page's first entry has no state, nor has that of a link within the page: what is shown stays.
      if (!history.state) history.replaceState({ ownNetwork: before && 'files' in before }, '');
      const address = new URLSearchParams(location.search).get('network');
      const { ownNetwork } = history.state as { ownNetwork?: boolean };
      const wanted = address !== null ? { address } : ownNetwork ? given.current : undefined;
      const same = wanted && before && 'address' in wanted && 'address' in before;
      if (same ? wanted.address !== before.address : wanted !== before) open(wanted, true);
    };
    follow();
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
    // Props come from the build and do not change.
  }, []);

  return { shown, status, open: (choice?: NetworkChoice) => open(choice), changeUnits, cancel };
}

/**
 * Makes an entry in the history for a network. Settings stay in the address, unless they are about a network that cannot be
 * in one.
 */
function pushNetwork(name: string, network: NamedNetwork | undefined): void {
  const url = new URL(location.href);
  const ownNetwork = network !== undefined && network.address === undefined;
  const query = ownNetwork ? withoutState(url.searchParams) : url.searchParams;
  query.delete('network');
  if (network?.address) {
    query.set('widget', name);
    query.set('network', network.address);
  }
  url.search = query.toString();
  history.pushState({ ownNetwork }, '', url);
}

/**
 * What the reader chose, as it is opened.
 *
 * @param tell told what is under way
 * @throws if it cannot be had, in a sentence for the reader
 */
export async function networkToOpen(
  choice: NetworkChoice,
  networks: LabProps['networks'],
  tell: Tell,
): Promise<NetworkToOpen> {
  if ('files' in choice) {
    const files = await readFiles(choice.files);
    return { name: files[0]!.name, connect: (backends) => startEngine({ files }, backends) };
  }
  const { address } = choice;
  const offered = Object.hasOwn(networks, address) && networks[address];
  if (!offered) throw new Error(`This page has no network called ${address}.`);
  const { words: name } = offered;
  if ('weights' in offered) {
    const { weights } = offered;
    return { name, address, units: '0..1', connect: (backends) => startEngine(weights, backends) };
  }
  const files = await Promise.all(
    offered.files.map(async ({ name: fileName, url }) => ({
      name: fileName,
      bytes: await download(url, 'the sample’s weights', { tell }),
    })),
  );
  return { name, address, connect: (backends) => startEngine({ files }, backends) };
}

/** The files that a reader gave, the network's own first. */
async function readFiles(given: readonly File[]): Promise<NamedFile[]> {
  const isNetwork = ({ name }: File) => /\.(onnx|json|zip)$/i.test(name);
  const files = [...given].sort((a, b) => Number(isNetwork(b)) - Number(isNetwork(a)));
  if (files.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES) throw tooLarge(files[0]!.name);
  return Promise.all(
    files.map(async (file) => {
      try {
        return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
      } catch {
        throw new Error(
          `${file.name} could not be read from your disk: choose it again, a file and no folder.`,
        );
      }
    }),
  );
}
