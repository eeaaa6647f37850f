// What one widget does with the engine: the check, the reader's runs, and what fills in after them.
import { quantiseTowards } from '../../../compute/experiments/quantiseTowards.ts';
import { argmax } from '../../../compute/statistics.ts';
import { followEpsilon, type EpsilonCurve } from './epsilonCurve.ts';
import { connect, type Engine } from './engine.ts';
import { builtResult, type AttackResult, type BuiltExample } from './example.ts';
import { findImage, type LibraryFiles, type Subject } from './imageLibrary.ts';
import { checkMoreImages, selfCheck, storedAttack } from './selfCheck.ts';
import type { SiteFile } from './siteFile.ts';
import { sameAttack, type WidgetState } from './state.ts';
import { messageOf } from './words.ts';
import { checkedStatus, computedStatus, failedStatus, unavailableStatus, type Status } from './status.ts';

/** What a widget shows. */
export interface View {
  state: WidgetState;
  result: AttackResult;
  /** Whether the result is the build's own. */
  built: boolean;
  /** A sentence stands in for a curve that is not there. */
  curve: EpsilonCurve | string;
  status: Status;
}

/** One widget's dealings with the engine. */
export type AttackSession = ReturnType<typeof openSession>;

/** Files that a session fetches. */
export interface SessionFiles extends LibraryFiles {
  weights: SiteFile;
  /** Further images to check: results/widget-check.json. */
  check: SiteFile;
}

/** Milliseconds for which the reader pauses before what fills in is computed. */
const pause = 250;

const pending = 'The same image along ε is being computed.';

/** The build's result, as it is shown before anything has run. */
export function builtView(example: BuiltExample): View {
  const { index, epsilon, path, curve } = example;
  return {
    state: { image: index, epsilon, steps: path.length, clip: true, unit: 'total' },
    result: builtResult(example),
    built: true,
    curve,
    status: { state: 'static', details: 'Not yet re-run in this browser.' },
  };
}

/**
 * Opens a session of one widget.
 *
 * @param onView told of each change
 */
export function openSession(
  example: BuiltExample,
  files: SessionFiles,
  onView: (view: View) => void,
  engine: Engine = connect(files.weights),
) {
  const original = builtView(example);
  const lifetime = new AbortController();
  let view = original;
  let checked = original.status;
  let checking = new AbortController();
  let drawing: Subject | undefined;
  /** The newest request of the reader, and the one whose result is shown. */
  let newest = { id: 0, cancel: new AbortController() };
  let shown = 0;

  const report = (part: Partial<View>) => {
    if (lifetime.signal.aborted) return;
    view = { ...view, ...part };
    onView(view);
  };
  const reportCheck = (status: Status) => {
    checked = status;
    if (sameAttack(view.state, original.state)) report({ status });
  };

  /** Repeats the build's example and compares; then further images. */
  async function check(): Promise<void> {
    checking.abort();
    checking = new AbortController();
    const signal = AbortSignal.any([checking.signal, lifetime.signal]);
    const steps = example.signs.length;
    reportCheck({ state: 'running', details: steps === 1 ? 'one step' : `${steps} steps` });
    try {
      const found = await selfCheck(engine, storedAttack(example), signal);
      reportCheck(checkedStatus(found));
      if (!found.reproduced) return;
      try {
        for await (const more of checkMoreImages(engine, files.check, steps, signal)) {
          reportCheck(checkedStatus(found, more));
        }
      } catch (error) {
        // The example itself was checked: that stands, whatever the further images say.
        if (!signal.aborted) reportCheck({ ...checked, details: `${checked.details}. ${messageOf(error)}` });
      }
    } catch (error) {
      if (!signal.aborted) reportCheck(unavailableStatus(error));
    }
  }

  /** The request of the reader that follows the last one, which is given up if it has not begun. */
  function ask() {
    newest.cancel.abort();
    newest = { id: newest.id + 1, cancel: new AbortController() };
    return { id: newest.id, signal: AbortSignal.any([newest.cancel.signal, lifetime.signal]) };
  }

  function showBuilt(status: Status): void {
    shown = newest.id;
    report({ ...original, state: { ...original.state, unit: view.state.unit }, status });
  }

  /** Shows what the changed state asks for: the build's result if it is the build's state. */
  async function change(changed: Partial<WidgetState>): Promise<void> {
    const { id, signal } = ask();
    const state = { ...view.state, ...changed };
    report({ state });
    if (sameAttack(state, original.state)) {
      showBuilt(checked);
      return;
    }
    try {
      const subject = await subjectOf(state.image);
      signal.throwIfAborted();
      const { image, epsilon, steps, clip } = state;
      const { result, device, milliseconds } = await engine.run(
        'attack',
        { ...subject, epsilon, steps, clip },
        { signal },
      );
      // A newer request that is under way does not hide this one, which is newer than what is shown.
      if (id < shown) return;
      shown = id;
      const labelFromPrediction = subject.label === undefined;
      const attacked = { ...result, image, epsilon, clip, pixels: subject.pixels, labelFromPrediction };
      const curve = sameCurve(attacked, view.result) ? view.curve : pending;
      const predicted = argmax(result.path.at(-1)!.prediction.probabilities);
      const status = computedStatus(predicted, device, milliseconds);
      report({ result: attacked, built: false, curve, status });
      void fillIn(attacked, curve, signal);
    } catch (error) {
      if (!signal.aborted) showBuilt(failedStatus(error));
    }
  }

  async function subjectOf(image: WidgetState['image']): Promise<Subject> {
    if (image === 'drawn') return drawing!;
    if (image === example.index) return { pixels: original.result.pixels, label: example.label };
    return findImage(files, image);
  }

  /** The prediction of x* in bytes and the curve along ε, once the reader pauses. */
  async function fillIn(result: AttackResult, curve: View['curve'], signal: AbortSignal): Promise<void> {
    const { pixels, label, clip, path } = result;
    await new Promise((done) => setTimeout(done, pause));
    try {
      signal.throwIfAborted();
      if (clip) {
        const bytes = quantiseTowards(path.at(-1)!.perturbed, pixels);
        const rounded = Float32Array.from(bytes, (byte) => byte / 255);
        const options = { signal, priority: 'background' } as const;
        const prediction = await engine.run('predict', { pixels: rounded }, options);
        signal.throwIfAborted();
        report({ result: { ...result, quantised: prediction.result.probabilities } });
      }
      if (typeof curve !== 'string') return;
      const image = { pixels, label, steps: path.length, clip };
      report({ curve: await followEpsilon(engine, image, signal) });
    } catch (error) {
      // The run itself has been shown.
      if (!signal.aborted)
        report({ curve: `The same image along ε could not be computed: ${messageOf(error)}` });
    }
  }

  /** Attacks a drawing. */
  function draw(subject: Subject): Promise<void> {
    drawing = subject;
    return change({ image: 'drawn' });
  }

  /** Nothing is reported from now on. */
  function end(): void {
    lifetime.abort();
  }

  return { check, change, draw, end };
}

/** Whether two results lie on one curve along ε. */
function sameCurve(a: AttackResult, b: AttackResult): boolean {
  const sameImage = a.image === 'drawn' ? a.pixels === b.pixels : a.image === b.image;
  return sameImage && a.label === b.label && a.clip === b.clip && a.path.length === b.path.length;
}
