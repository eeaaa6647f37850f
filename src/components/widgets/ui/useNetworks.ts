import { useEffect, useRef, useState } from 'preact/hooks';
import type { InputUnits } from '../../../compute/networks/import/inputUnits.ts';
import type { OpenedNetwork } from '../session/openNetwork.ts';
import { loadCode } from '../session/siteFile.ts';
import { withoutState } from '../session/state.ts';
import type { Status } from '../session/status.ts';
import type { NamedNetwork } from '../session/view.ts';
import type { AnswersPanel } from './AnswersPanel.tsx';
import type { NetworkPanel } from './NetworkPanel.tsx';
import type { NetworkChoice } from './openChoice.ts';
import { useRun, type RunOptions } from './useRun.ts';
import type { LabProps } from './widgetProps.ts';

const idle: Status = { state: 'static', details: '' };

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
      const [{ openChoice }, { NetworkPanel: Panel }, { AnswersPanel: Answers }] = await loadCode(() =>
        Promise.all([import('./openChoice.ts'), import('./NetworkPanel.tsx'), import('./AnswersPanel.tsx')]),
      );
      options.signal.throwIfAborted();
      const network = await openChoice(choice, props, options);
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
