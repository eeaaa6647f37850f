import { useEffect, useState } from 'preact/hooks';
import { Glyph } from './Glyph.tsx';
import { listen, tell } from './pageEvents.ts';
import type { StateName } from '../session/status.ts';
import './css/state.css';

interface Props {
  /** Names of the widgets and what they answer: q1 → Q1. */
  questions: readonly { name: string; label: string }[];
}

const words: Readonly<Record<StateName, string>> = {
  static: 'as built',
  running: 'running',
  reproduced: 'reproduced',
  differs: 'differs',
  computed: 'your settings',
  unavailable: 'as built',
};

/** Which answers this browser has repeated, beside the text. */
export function LiveState({ questions }: Props) {
  const [states, setStates] = useState<Readonly<Record<string, StateName>>>({});
  const [ready, setReady] = useState(false);
  useEffect(() => {
    setReady(true);
    return listen('widget-state', ({ name, state }) => setStates((before) => ({ ...before, [name]: state })));
  }, []);
  return (
    <div class="live-state needs-js" data-ready={ready}>
      Re-run in this browser
      <dl>
        {questions.map(({ name, label }) => {
          const state = states[name] ?? 'static';
          return (
            <div key={name}>
              <dt>{label}</dt>
              <dd>
                <Glyph state={state} />
                {words[state]}
              </dd>
            </div>
          );
        })}
      </dl>
      <button type="button" class="text-button needs-js" onClick={() => tell('widget-run', undefined)}>
        Run all again
      </button>
    </div>
  );
}
