import { existsSync } from 'node:fs';
import type { BackendName } from './backendIdentity.ts';

const traces = [
  '/proc/driver/nvidia/version',
  '/dev/nvidiactl',
  '/dev/nvidia0',
  'C:\\Windows\\System32\\nvidia-smi.exe',
];

/** How to enable the GPU, if an NVIDIA device is present and the build does not use it; else undefined. */
export function gpuHint(used: BackendName, paths: readonly string[] = traces): string | undefined {
  if (used === 'gpu' || !paths.some((path) => existsSync(path))) return undefined;
  return 'This machine has an NVIDIA device that is not used: `npm run setup:gpu` enables it.';
}
