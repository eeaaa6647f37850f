/** A network that the reader wants to attack: one of the site by its name in addresses, or files of their own. */
export type NetworkChoice = { address: string } | { files: readonly File[] };

/** Samples by their names in addresses. */
export const samples: Readonly<Record<string, { words: string }>> = {
  'torch-dense': { words: 'sample: a dense network, from PyTorch' },
  'stax-max-pool': { words: 'sample: a convnet with max pooling, from JAX stax' },
};
