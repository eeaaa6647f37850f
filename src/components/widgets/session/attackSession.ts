// What one widget does with the engine: the check, the reader's runs, and what fills in after them.
import { argmax } from '../../../compute/statistics.ts';
import { followAlong } from './alongJob.ts';
import type { Engine } from './engine.ts';
import { shownExample, shownRun, type Along, type BuiltExample, type Shown } from './example.ts';
import { messageOf } from './messageOf.ts';
import { checkMoreImages } from './moreImages.ts';
import { selfCheck } from './selfCheck.ts';
import { sameAttack, type WidgetState } from './state.ts';
import type { Status } from './status.ts';

/** What a widget shows. */
export interface View {
  shown: Shown;
  /** Whether it is the build's own result. */
  built: boolean;
  /** undefined while it is computed. */
  along: Along | undefined;
  status: Status;
}

/** An image to attack; without a label the predicted class is attacked. */
export interface Subject {
  pixels: Float32Array;
  label: number | undefined;
}

/** One widget's dealings with the engine. */
export interface AttackSession {
  /** Repeats the build's example and compares; then further images. */
  check: () => Promise<void>;
  /** Shows what a state asks for: the build's result if it is the build's state. */
  show: (state: WidgetState, subject: () => Subject | Promise<Subject>) => Promise<void>;
  /** Nothing is reported from now on. */
  end: () => void;
}

interface Options {
  name: string;
  example: BuiltExample;
  built: WidgetState;
  engine: Engine;
  checkFile: string;
  onView: (change: Partial<View>) => void;
  /** The state could not be shown: the build's stands again. */
  onFailure: () => void;
}

/** Milliseconds for which the reader rests before what fills in is computed. */
const rest = 250;

/** Opens a session of one widget. */
export function openSession(options: Options): AttackSession {
  const { name, example, built, engine, checkFile } = options;
  const original = shownExample(example);
  let open = true;
  let newest = 0;
  let checked: Status = { kind: 'static' };
  /** The request since which the build's own result has been shown; it is shown while no newer one came. */
  let home = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let followed = '';

  const report = (change: Partial<View>) => {
    if (open) options.onView(change);
  };
  const reportCheck = (status: Status) => {
    checked = status;
    if (home === newest) report({ status });
  };

  async function check(): Promise<void> {
    const { label, signs, epsilon, steps } = example;
    const { pixels, path } = original;
    reportCheck({ kind: 'running', what: steps === 1 ? 'one step' : `${steps} steps` });
    try {
      const perturbed = path[path.length - 1]!;
      const found = await selfCheck(
        engine,
        {
          expected: {
            label,
            signs,
            original: original.original.probabilities,
            perturbed: perturbed.probabilities,
          },
          pixels,
          perturbed: perturbed.perturbed,
          epsilon,
        },
        `${name} check`,
      );
      if (!found) return;
      reportCheck({ kind: 'checked', check: found });
      if (!found.reproduced) return;
      await checkMoreImages(engine, { url: checkFile, steps, key: `${name} check` }, (more) =>
        reportCheck({ kind: 'checked', check: found, more }),
      ).catch((error: unknown) => {
        // The example itself was checked: that stands, whatever the further images say.
        if (checked.kind !== 'checked') reportCheck({ kind: 'unavailable', reason: messageOf(error) });
      });
    } catch (error) {
      reportCheck({ kind: 'unavailable', reason: messageOf(error) });
    }
  }

  function goHome(status: Status): void {
    home = newest;
    clearTimeout(timer);
    followed = '';
    engine.cancel(`${name} run`);
    report({ shown: original, built: true, along: example.along, status });
  }

  async function show(state: WidgetState, find: () => Subject | Promise<Subject>): Promise<void> {
    const request = ++newest;
    if (sameAttack(state, built)) {
      goHome(checked);
      return;
    }
    clearTimeout(timer);
    const { epsilon, steps, clip, image } = state;
    try {
      const found = find();
      const subject = found instanceof Promise ? await found : found;
      if (request !== newest) return;
      const done = await engine.run('attack', { ...subject, epsilon, steps, clip }, { key: `${name} run` });
      // A newer request that is under way does not hide this one, which is newer than what is shown.
      if (!done || request < home) return;
      const { pixels } = subject;
      const shown = shownRun(done.result, {
        image,
        epsilon,
        clip,
        pixels,
        labelFromPrediction: subject.label === undefined,
      });
      const verdict = argmax(shown.path[shown.path.length - 1]!.probabilities);
      const { device, milliseconds } = done;
      const path = `${shown.label} ${steps} ${clip} ${image === 'drawn' ? request : image}`;
      report({
        shown,
        built: false,
        status: { kind: 'computed', verdict, device, milliseconds },
        ...(path === followed ? {} : { along: undefined }),
      });
      if (request !== newest) return;
      timer = setTimeout(() => void fillIn(shown, path, request), rest);
    } catch (error) {
      if (request !== newest) return;
      options.onFailure();
      goHome({ kind: 'failed', reason: messageOf(error) });
    }
  }

  /** The 8-bit check and the curve along ε, once the reader rests. */
  async function fillIn(shown: Shown, path: string, request: number): Promise<void> {
    const { pixels, label, clip } = shown;
    const wanted = () => open && request === newest;
    const perturbed = shown.path[shown.path.length - 1]!.perturbed;
    try {
      if (perturbed.every((value) => value >= 0 && value <= 1)) {
        const bytes = await engine.run(
          'quantise',
          { pixels, perturbed },
          { key: `${name} fill`, priority: 'background' },
        );
        if (!bytes || !wanted()) return;
        report({ shown: { ...shown, quantised: bytes.result.prediction.probabilities } });
      }
      if (path === followed) return;
      const steps = shown.path.length;
      const along = await followAlong(engine, { pixels, label, steps, clip }, `${name} fill`, wanted);
      if (!along) return;
      followed = path;
      report({ along });
    } catch {
      // What fills in may be missing; the run itself has been shown.
    }
  }

  return {
    check,
    show,
    end: () => {
      open = false;
      clearTimeout(timer);
      for (const task of ['run', 'check', 'fill']) engine.cancel(`${name} ${task}`);
    },
  };
}
