/** When a run of a browser counts as the build's: what may differ, and by how much. */
export const tolerances = {
  /** Share of the signs that agree, at least. */
  signs: 0.99,
  /** Largest difference of a probability, on the x* that the browser makes itself. */
  own: 1e-3,
  /** Largest difference of a probability, on the published images: the forward pass alone. */
  published: 1e-4,
  /** Largest difference of an accuracy on a curve. */
  accuracy: 0.005,
} as const;
