import { argmax } from '../../../compute/statistics.ts';
import { relation } from './words.ts';

/** What is read, and how surely; blue if it is the true class, orange if not. */
export function Verdict({ probabilities, label }: { probabilities: readonly number[]; label: number }) {
  const digit = argmax(probabilities);
  return (
    <div class={`verdict ${digit === label ? 'c-true' : 'c-fooled'}`}>
      <span class="digit">{digit}</span>{' '}
      <span class="p">
        <i class="m">p</i> {relation(probabilities[digit]!)}
      </span>
    </div>
  );
}
