/** Backends on which a build can run: CUDA through TensorFlow, TensorFlow on the processor, the embedded default. */
export type BackendName = 'gpu' | 'tensorflow' | 'wasm';

/** Who computed a number. */
export interface BackendIdentity {
  name: BackendName;
  /** Whatever changes numbers: kind of backend, versions, kernels. */
  identity: string;
  /** What it really runs on, as the backend itself reports. */
  device: string;
}
