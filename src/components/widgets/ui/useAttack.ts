import { useEffect, useState } from 'preact/hooks';
import { openSession, type AttackSession, type OpenNetwork } from '../session/attackSession.ts';
import type { Subject } from '../session/imageLibrary.ts';
import { loadCode } from '../session/siteFile.ts';
import { parseState, writeAddress, type WidgetState } from '../session/state.ts';
import { builtView } from '../session/view.ts';
import { connectEngine } from './connectEngine.ts';
import { listen, tell } from './pageEvents.ts';
import type { AttackWidgetProps } from './widgetProps.ts';

/** What a widget shows, and what the reader can do. */
export type AttackControl = ReturnType<typeof useAttack>;

/**
 * Runs one widget: check on arrival, state from the address, the reader's changes.
 *
 * @param other the network that is attacked; the report's own if left out
 */
export function useAttack(props: AttackWidgetProps, other?: OpenNetwork) {
  const { name, example, files } = props;
  const [view, setView] = useState(() => builtView(example));
  /** The session, and the state that it begins with. */
  const [opened, setOpened] = useState<{ session: AttackSession; first: WidgetState }>();
  const [corrections, setCorrections] = useState<string[]>([]);

  useEffect(() => {
    const network = other ?? reportNetwork(props);
    const session = openSession(network, files, setView);
    const first = network.view.state;
    setOpened({ session, first });
    void session.check();
    const linked = parseState(new URLSearchParams(location.search), name, first);
    if (linked) {
      setCorrections(linked.corrections);
      void session.change(linked.state);
    }
    const ends = [
      session.end,
      listen('widget-show', (asked) => {
        if (asked.name === name) void session.change(asked.change);
      }),
      listen('widget-run', () => void session.check()),
    ];
    return () => {
      for (const end of ends) end();
    };
    // Props come from the build and do not change.
  }, [other]);

  const { state, status, network } = view;
  useEffect(() => tell('widget-state', { name, state: status.state }), [name, status.state]);
  useEffect(() => {
    if (!opened) return undefined;
    const timer = setTimeout(() => writeAddress(name, view, opened.first), 250);
    return () => clearTimeout(timer);
  }, [name, state, network, opened]);

  const change = (changed: Partial<WidgetState>) => {
    setCorrections([]);
    void opened?.session.change(changed);
  };
  return {
    view,
    /** Whether the page serves the controls. */
    ready: opened !== undefined,
    /** What was corrected in the link that was followed. */
    corrections,
    change,
    /** Attacks pixels that are not a test image's, or says their class. */
    draw: (part: Subject | Pick<Subject, 'label'>) => void opened?.session.draw(part),
    reset: () => opened && change(opened.first),
    check: () => void opened?.session.check(),
    retry: () => void opened?.session.retry(),
  };
}

/** The report's own network, compared with the build. */
function reportNetwork({ example, files }: AttackWidgetProps): OpenNetwork {
  const engine = connectEngine(files.weights);
  return {
    engine,
    view: builtView(example),
    async *check(options) {
      const { checkBuild } = await loadCode(() => import('../session/selfCheck.ts'));
      yield* checkBuild(engine, example, files.check, options);
    },
  };
}
