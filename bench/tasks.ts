// The tasks of the report's stages, and those that do nothing but what is to be timed.
import { inputGradient } from '../src/compute/attacks/inputGradient.ts';
import { onDigits, type DigitsArguments } from '../src/compute/experiments/digits.ts';
import { tasks as reportTasks } from '../src/compute/experiments/index.ts';
import { multiplyAndAdd } from './multiplyAndAdd.ts';

/** Digits, and how often to go through them. */
interface RepeatArguments extends DigitsArguments {
  passes: number;
}

/** Task: forward passes. */
export function repeatForward({ passes, ...digits }: RepeatArguments): void {
  onDigits(digits, (classifier, images) => {
    for (let pass = 0; pass < passes; pass++) {
      const logits = classifier(images);
      logits.dataSync();
      logits.dispose();
    }
  });
}

/** Task: input gradients. */
export function repeatInputGradient({ passes, ...digits }: RepeatArguments): void {
  onDigits(digits, (classifier, images, labels) => {
    for (let pass = 0; pass < passes; pass++) inputGradient(classifier, images, labels).dispose();
  });
}

/** Tasks by name. */
export const tasks = { ...reportTasks, repeatForward, repeatInputGradient, multiplyAndAdd };
