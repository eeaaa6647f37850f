import { existsSync } from 'node:fs';
import type { BackendIdentity } from './backendIdentity.ts';

const traces = [
  '/proc/driver/nvidia/version',
  '/dev/nvidiactl',
  '/dev/nvidia0',
  'C:\\Windows\\System32\\nvidia-smi.exe',
];

/** How to enable the GPU, if an NVIDIA device is present and the backend does not use one; else undefined. */
export function gpuHint(
  { device }: Pick<BackendIdentity, 'device'>,
  paths: readonly string[] = traces,
): string | undefined {
  if (device.startsWith('GPU') || !paths.some((path) => existsSync(path))) return undefined;
  return 'This machine has an NVIDIA device that is not used: `npm run setup:gpu` enables it, or says what is missing.';
}
