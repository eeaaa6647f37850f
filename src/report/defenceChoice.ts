// The choice of the network that is trained against the attack, on validation images alone.
import record from './defenceChoice.json' with { type: 'json' };

/** A recipe that was tried: its largest ε, its accuracies on the validation images, and the start of its weights' SHA-256. */
export type DefenceCandidate = (typeof record)[number];

/** Largest ε of the recipes that are tried; nothing else differs between them. */
export const candidateEpsilons = [0.1, 0.15, 0.2, 0.25, 0.3];

/** Share of unperturbed validation images that a recipe has to classify correctly to be taken. */
export const cleanBar = 0.975;

/** The recipes as `tools/chooseDefence.ts` recorded them. */
export const defenceCandidates: readonly DefenceCandidate[] = record;

/**
 * The rule: among the candidates that reach {@link cleanBar}, the one with the highest accuracy under PGD, the smaller ε if two
 * are equal.
 *
 * @throws if none reaches the bar
 */
export function chosenDefence(candidates: readonly DefenceCandidate[]): DefenceCandidate {
  const [best] = candidates
    .filter(({ clean }) => clean >= cleanBar)
    .toSorted((a, b) => b.pgd - a.pgd || a.epsilon - b.epsilon);
  if (!best) throw new Error(`no candidate reaches ${cleanBar} on unperturbed validation images`);
  return best;
}
