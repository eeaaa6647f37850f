// What one widget does with the engine: the check, the reader's runs, and what fills in after them.
import { argmax } from '../../../compute/statistics.ts';
import { stepsName } from '../../format.ts';
import type { Engine } from './engine.ts';
import { fillIn, pending, sameCurve } from './fillIn.ts';
import { findImage, type LibraryFiles, type Subject } from './imageLibrary.ts';
import type { Tell } from './siteFile.ts';
import { sameAttack, type WidgetState } from './state.ts';
import type { View } from './view.ts';
import { computedStatus, messageOf, unavailableStatus, type Status } from './status.ts';

export type AttackSession = ReturnType<typeof openSession>;

/** A network that can be attacked. */
export interface OpenNetwork {
  engine: Engine;
  /** Its example under attack: shown until the reader asks for something else. */
  view: View;
  /**
   * Compares what this browser computes with what was computed elsewhere, and says each time how far it has come.
   *
   * @throws like the engine, or once the signal aborts
   */
  check: (options: { signal: AbortSignal; tell: Tell }) => AsyncIterable<Status>;
}

/** Milliseconds after which a request that has no answer is said to be running. */
const soon = 300;

/**
 * Opens a session of one widget.
 *
 * @param onView told of each change
 */
export function openSession(
  { engine, view: first, check: checkOf }: OpenNetwork,
  files: LibraryFiles,
  onView: (view: View) => void,
) {
  const lifetime = new AbortController();
  let original = first;
  let view = original;
  let checking = new AbortController();
  let drawing: Subject = { pixels: first.result.pixels, label: undefined };
  /** The newest request of the reader, and the one whose result is shown. */
  let newest = { id: 0, cancel: new AbortController() };
  let shown = 0;
  /** What the reader asked for and did not get: it is said until the reader asks for something else. */
  let failed: WidgetState | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const report = (part: Partial<View>) => {
    if (lifetime.signal.aborted) return;
    view = { ...view, ...part };
    onView(view);
  };
  const reportOriginal = (part: Partial<View>) => {
    original = { ...original, ...part };
    if (sameAttack(view.state, original.state)) report(failed ? { ...part, status: view.status } : part);
  };

  /** Repeats the example and further images, and compares; its curve is computed if it is not there. */
  async function check(): Promise<void> {
    checking.abort();
    checking = new AbortController();
    failed = undefined;
    const signal = AbortSignal.any([checking.signal, lifetime.signal]);
    const tell = (words: string) => {
      const details = words || stepsName(original.state.steps);
      if (!signal.aborted) reportOriginal({ status: { state: 'running', details } });
    };
    tell('');
    if (typeof original.curve === 'string') {
      reportOriginal({ curve: pending });
      void fillIn(engine, original, signal, reportOriginal);
    }
    try {
      for await (const status of checkOf({ signal, tell })) reportOriginal({ status });
    } catch (error) {
      if (!signal.aborted) reportOriginal({ status: unavailableStatus(error) });
    }
  }

  /** The request of the reader that follows the last one, which is given up if it has not begun. */
  function ask() {
    newest.cancel.abort();
    newest = { id: newest.id + 1, cancel: new AbortController() };
    return { id: newest.id, signal: AbortSignal.any([newest.cancel.signal, lifetime.signal]) };
  }

  const reportRunning = (words: string) =>
    report({ status: { state: 'running', details: words || 'your settings' } });

  /** Says that a request runs, if it is not answered soon. */
  function expectAnswer(): void {
    patience ??= setTimeout(() => reportRunning(''), soon);
  }

  /** Shows the answer to a request. */
  function answer(id: number, part: Partial<View>): void {
    clearTimeout(patience);
    patience = undefined;
    shown = id;
    report(part);
    if (id < newest.id) expectAnswer();
  }

  function showBuilt(status: Status): void {
    answer(newest.id, { ...original, state: { ...original.state, unit: view.state.unit }, status });
  }

  /** Shows what the changed state asks for: the build's result if it is the build's state. */
  async function change(changed: Partial<WidgetState>): Promise<void> {
    const { id, signal } = ask();
    const state = { ...view.state, ...changed };
    failed = undefined;
    report({ state });
    if (sameAttack(state, original.state)) {
      showBuilt(original.status);
      return;
    }
    expectAnswer();
    const tell = (words: string) => {
      if (!signal.aborted) reportRunning(words);
    };
    try {
      const subject = await subjectOf(state.image, tell);
      signal.throwIfAborted();
      const { image, epsilon, steps, clip, target } = state;
      const { result, device, milliseconds } = await engine.run(
        'attack',
        { ...subject, epsilon, steps, clip, target },
        { signal, tell },
      );
      // A newer request that is under way does not hide this one, which is newer than what is shown.
      if (id < shown) return;
      const labelFromPrediction = subject.label === undefined;
      const attacked = { ...result, image, epsilon, clip, pixels: subject.pixels, labelFromPrediction };
      const curve = sameCurve(attacked, view.result) ? view.curve : pending;
      const predicted = argmax(result.path.at(-1)!.prediction.probabilities);
      const status = computedStatus(predicted, device, milliseconds);
      answer(id, { result: attacked, built: false, curve, status });
      void fillIn(engine, { result: attacked, curve }, signal, report);
    } catch (error) {
      if (signal.aborted) return;
      failed = state;
      const details = `These settings could not be computed: ${messageOf(error)}`;
      showBuilt({ state: 'unavailable', details });
    }
  }

  /** Asks again for what could not be had. */
  function retry(): Promise<void> {
    return failed ? change(failed) : check();
  }

  async function subjectOf(image: WidgetState['image'], tell: Tell): Promise<Subject> {
    if (image === 'drawn') return drawing;
    if (image === original.state.image)
      return { pixels: original.result.pixels, label: original.result.label };
    return findImage(files, image, tell);
  }

  /** Attacks a drawing; once there is one, its class alone may be said. */
  async function draw(part: Subject | Pick<Subject, 'label'>): Promise<void> {
    drawing = { ...drawing, ...part };
    if ('pixels' in part || view.state.image === 'drawn') await change({ image: 'drawn' });
  }

  /** Nothing is reported from now on. */
  function end(): void {
    lifetime.abort();
    clearTimeout(patience);
  }

  report({});
  return { check, change, retry, draw, end };
}
