import { useEffect, useState } from 'preact/hooks';
import { openSession, type AttackSession } from '../session/attackSession.ts';
import type { Subject } from '../session/imageLibrary.ts';
import { parseState, type WidgetState } from '../session/state.ts';
import { builtView } from '../session/view.ts';
import { writeAddress } from './address.ts';
import { connectEngine } from './connectEngine.ts';
import { listen, tell } from './pageEvents.ts';
import type { AttackWidgetProps } from './widgetProps.ts';

/** What a widget shows, and what the reader can do. */
export type AttackControl = ReturnType<typeof useAttack>;

/** Runs one widget: check on arrival, state from the address, the reader's changes. */
export function useAttack({ name, example, files }: AttackWidgetProps) {
  const [view, setView] = useState(() => builtView(example));
  const [built] = useState(view.state);
  const [session, setSession] = useState<AttackSession>();
  const [corrections, setCorrections] = useState<string[]>([]);
  const ready = session !== undefined;

  useEffect(() => {
    const opened = openSession(connectEngine(files.weights), example, files, setView);
    setSession(opened);
    void opened.check();
    const linked = parseState(new URLSearchParams(location.search), name, built);
    if (linked) {
      setCorrections(linked.corrections);
      void opened.change(linked.state);
    }
    const ends = [
      opened.end,
      listen('widget-show', (asked) => {
        if (asked.name === name) void opened.change(asked.change);
      }),
      listen('widget-run', () => void opened.check()),
    ];
    return () => {
      for (const end of ends) end();
    };
    // The widget is opened once: props come from the build and do not change.
  }, []);

  const { state, status } = view;
  useEffect(() => tell('widget-state', { name, state: status.state }), [name, status.state]);
  useEffect(() => {
    if (!ready) return undefined;
    const timer = setTimeout(() => {
      writeAddress(name, state, built);
    }, 250);
    return () => {
      clearTimeout(timer);
    };
  }, [name, state, built, ready]);

  const change = (changed: Partial<WidgetState>) => {
    setCorrections([]);
    void session?.change(changed);
  };
  return {
    view,
    /** Whether the page serves the controls. */
    ready,
    /** What was corrected in the link that was followed. */
    corrections,
    change,
    /** Attacks pixels that are not a test image's. */
    draw: (subject: Subject) => void session?.draw(subject),
    reset: () => change(built),
    check: () => void session?.check(),
    retry: () => void session?.retry(),
  };
}
