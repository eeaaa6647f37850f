/** A network that the reader wants to attack: a sample of the site by its name in addresses, or files of their own. */
export type NetworkChoice = { address: string; name: string } | { files: readonly File[] };

/** Samples by their names in addresses. */
export const samples: Readonly<Record<string, string>> = {
  'torch-dense': 'sample: a dense network, from PyTorch',
  'stax-max-pool': 'sample: a convnet with max pooling, from JAX stax',
};
