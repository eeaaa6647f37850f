import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { writeAddress } from '../session/address.ts';
import { openSession, type AttackSession, type Subject, type View } from '../session/attackSession.ts';
import { connect } from '../session/connect.ts';
import { shownExample } from '../session/example.ts';
import { openLibrary, type ImageLibrary } from '../session/imageLibrary.ts';
import { listen, tell } from '../session/pageEvents.ts';
import { parseState, type WidgetState } from '../session/state.ts';
import { stateName } from '../session/status.ts';
import type { AttackWidgetProps } from '../session/widgetTypes.ts';

/** A widget's state, what it shows, and what the reader can do. */
export interface AttackControl {
  state: WidgetState;
  view: View;
  /** Whether the page serves the controls. */
  ready: boolean;
  /** What was corrected in the link that was followed. */
  corrections: string[];
  library: ImageLibrary;
  change: (change: Partial<WidgetState>) => void;
  /** Attacks pixels that are not a test image's. */
  attackDrawing: (subject: Subject) => void;
  reset: () => void;
  check: () => void;
}

/** State the build's result has. */
function builtState({ index, epsilon, steps }: AttackWidgetProps['example']): WidgetState {
  return { image: index, epsilon, steps, clip: true, unit: 'total' };
}

/** Runs one widget: check on arrival, state from the address, the reader's changes. */
export function useAttack({ name, example, files }: AttackWidgetProps): AttackControl {
  const built = useMemo(() => builtState(example), [example]);
  const original = useMemo(() => shownExample(example), [example]);
  const library = useMemo(() => openLibrary(files), [files]);
  const [state, setState] = useState(built);
  const [ready, setReady] = useState(false);
  const [corrections, setCorrections] = useState<string[]>([]);
  const [view, setView] = useState<View>({
    shown: original,
    built: true,
    along: example.along,
    status: { kind: 'static' },
  });
  const session = useRef<AttackSession>();
  const current = useRef(state);
  const drawing = useRef<Subject>();

  const subjectOf = (image: WidgetState['image']): Subject | Promise<Subject> => {
    if (image === 'drawn') return drawing.current!;
    if (image === example.index) return { pixels: original.pixels, label: example.label };
    return library.known(image) ?? library.find(image);
  };
  const apply = (next: WidgetState) => {
    current.current = next;
    setState(next);
    void session.current?.show(next, () => subjectOf(next.image));
  };
  const change = (changed: Partial<WidgetState>) => {
    setCorrections([]);
    apply({ ...current.current, ...changed });
  };

  useEffect(() => {
    const opened = openSession({
      name,
      example,
      built,
      engine: connect(files),
      checkFile: files.check,
      onView: (changed) => setView((before) => ({ ...before, ...changed })),
      onFailure: () => {
        current.current = built;
        setState(built);
      },
    });
    session.current = opened;
    setReady(true);
    void opened.check();
    const linked = parseState(new URLSearchParams(location.search), name, built);
    if (linked) {
      setCorrections(linked.corrections);
      apply(linked.state);
    }
    const ends = [
      listen('widget-show', (asked) => {
        if (asked.name === name) change(asked.change);
      }),
      listen('widget-run', () => void opened.check()),
    ];
    return () => {
      opened.end();
      for (const end of ends) end();
    };
    // The widget is opened once: props come from the build and do not change.
  }, []);

  const reported = stateName(view.status);
  useEffect(() => tell('widget-state', { name, state: reported }), [name, reported]);
  useEffect(() => {
    if (!ready) return undefined;
    const timer = setTimeout(() => {
      writeAddress(name, state, built);
    }, 250);
    return () => {
      clearTimeout(timer);
    };
  }, [name, state, built, ready]);

  return {
    state,
    view,
    ready,
    corrections,
    library,
    change,
    attackDrawing: (subject) => {
      drawing.current = subject;
      change({ image: 'drawn' });
    },
    reset: () => change(built),
    check: () => void session.current?.check(),
  };
}
