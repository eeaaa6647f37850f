// What one widget does with the engine: the check, the reader's runs, and what fills in after them.
import { argmax } from '../../../compute/statistics.ts';
import { stepsName } from '../../format.ts';
import type { Engine } from './engine.ts';
import type { BuiltExample } from './example.ts';
import { fillIn, pending, sameCurve } from './fillIn.ts';
import { findImage, type LibraryFiles, type Subject } from './imageLibrary.ts';
import type { WeightsFile } from './protocol.ts';
import { checkMoreImages, selfCheck, storedAttack } from './selfCheck.ts';
import type { SiteFile, Tell } from './siteFile.ts';
import { sameAttack, type WidgetState } from './state.ts';
import { builtView, type View } from './view.ts';
import { messageOf } from './words.ts';
import {
  checkedStatus,
  computedStatus,
  failedStatus,
  runningStatus,
  unavailableStatus,
  type Status,
} from './status.ts';

/** One widget's dealings with the engine. */
export type AttackSession = ReturnType<typeof openSession>;

/** Files that a session fetches. */
export interface SessionFiles extends LibraryFiles {
  weights: WeightsFile;
  /** Further images to check: results/widget-check.json. */
  check: SiteFile;
}

/** Milliseconds after which a request that has no answer is said to be running. */
const soon = 300;

/**
 * Opens a session of one widget.
 *
 * @param onView told of each change
 */
export function openSession(
  engine: Engine,
  example: BuiltExample,
  files: SessionFiles,
  onView: (view: View) => void,
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
  /** What the reader asked for and did not get: it is said until the reader asks for something else. */
  let failed: WidgetState | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const report = (part: Partial<View>) => {
    if (lifetime.signal.aborted) return;
    view = { ...view, ...part };
    onView(view);
  };
  const reportCheck = (status: Status) => {
    checked = status;
    if (!failed && sameAttack(view.state, original.state)) report({ status });
  };

  /** Repeats the build's example and compares; then further images. */
  async function check(): Promise<void> {
    checking.abort();
    checking = new AbortController();
    failed = undefined;
    const signal = AbortSignal.any([checking.signal, lifetime.signal]);
    const steps = example.signs.length;
    const tell = (words: string) => {
      if (!signal.aborted) reportCheck(runningStatus(words || stepsName(steps)));
    };
    tell('');
    try {
      const found = await selfCheck(engine, storedAttack(example), { signal, tell });
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

  const reportRunning = (words: string) => report({ status: runningStatus(words || 'your settings') });

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
      showBuilt(checked);
      return;
    }
    expectAnswer();
    const tell = (words: string) => {
      if (!signal.aborted) reportRunning(words);
    };
    try {
      const subject = await subjectOf(state.image, tell);
      signal.throwIfAborted();
      const { image, epsilon, steps, clip } = state;
      const { result, device, milliseconds } = await engine.run(
        'attack',
        { ...subject, epsilon, steps, clip },
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
      showBuilt(failedStatus(error));
    }
  }

  /** Asks again for what could not be had. */
  function retry(): Promise<void> {
    return failed ? change(failed) : check();
  }

  async function subjectOf(image: WidgetState['image'], tell: Tell): Promise<Subject> {
    if (image === 'drawn') return drawing!;
    if (image === example.index) return { pixels: original.result.pixels, label: example.label };
    return findImage(files, image, tell);
  }

  /** Attacks a drawing. */
  function draw(subject: Subject): Promise<void> {
    drawing = subject;
    return change({ image: 'drawn' });
  }

  /** Nothing is reported from now on. */
  function end(): void {
    lifetime.abort();
    clearTimeout(patience);
  }

  return { check, change, retry, draw, end };
}
