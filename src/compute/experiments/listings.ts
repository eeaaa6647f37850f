// The modules whose text the report lists. A result that they computed names their SHA-256, and a page
// that lists them does not build when the text is no longer that one.

/** The attacks, from the loss to the loop. */
export const attackListings = [
  'src/compute/attacks/margin.ts',
  'src/compute/attacks/sign.ts',
  'src/compute/attacks/inputGradient.ts',
  'src/compute/attacks/iterativeFgsm.ts',
  'src/compute/attacks/fgsm.ts',
] as const;

/** The attacks and the sweep over ε. */
export const sweepListings = [...attackListings, 'src/compute/experiments/sweepSlice.ts'] as const;
