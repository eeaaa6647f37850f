// What the GPU package needs of a machine, and which of it is there.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { BackendIdentity } from './backends.ts';

export type MachineFacts = ReturnType<typeof machineFacts>;

/** The needs of TensorFlow 2.9 with CUDA, in the order in which to see to them: whether each is met, and what to do if not. */
export function gpuRequirements(facts: MachineFacts) {
  const windows = facts.platform === 'win32';
  const library = (linux: string, other: string) => facts.libraries.includes(windows ? other : linux);
  return [
    {
      name: 'Linux or Windows on x64',
      met: ['linux', 'win32'].includes(facts.platform) && facts.arch === 'x64',
      advice: `this is ${facts.platform} ${facts.arch}, for which there is no CUDA build of TensorFlow; use --backend wasm`,
    },
    {
      name: 'Node 22 or older',
      met: facts.nodeMajor < 23,
      advice: `this is Node ${facts.nodeMajor}; run it through npm, which takes the Node that comes with the project`,
    },
    {
      name: 'NVIDIA driver',
      met: facts.driver,
      advice: 'install a driver of version 450.80 or later from nvidia.com/drivers and restart',
    },
    {
      name: 'CUDA 11.2',
      met: library('libcudart.so.11.0', 'cudart64_110.dll'),
      advice: `install CUDA 11.2 from developer.nvidia.com/cuda-11.2.0-download-archive and put its libraries on ${windows ? 'PATH' : 'LD_LIBRARY_PATH'}`,
    },
    {
      name: 'cuDNN 8.1',
      met: library('libcudnn.so.8', 'cudnn64_8.dll'),
      advice: `install cuDNN 8.1 for CUDA 11.2 from developer.nvidia.com/rdp/cudnn-archive and put its libraries on ${windows ? 'PATH' : 'LD_LIBRARY_PATH'}`,
    },
    {
      name: 'addon of @tensorflow/tfjs-node-gpu',
      met: facts.addon,
      advice:
        'its install script downloads it; run `npm ci`, then `npm run setup:gpu`, which shows why it cannot',
    },
  ];
}

/**
 * Looks at this machine.
 *
 * @param packageFolder where @tensorflow/tfjs-node-gpu is installed, if it is
 */
export function machineFacts(packageFolder: string | undefined) {
  const { platform, arch } = process;
  const windows = platform === 'win32';
  return {
    platform,
    arch,
    nodeMajor: Number(process.versions.node.split('.')[0]),
    driver: existsSync(
      windows
        ? join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'nvcuda.dll')
        : '/proc/driver/nvidia/version',
    ),
    libraries: libraryFolders(windows).flatMap(filesIn).concat(loaderCache(windows)),
    addon:
      packageFolder !== undefined &&
      filesIn(join(packageFolder, 'lib')).some((name) =>
        existsSync(join(packageFolder, 'lib', name, 'tfjs_binding.node')),
      ),
  };
}

const traces = [
  '/proc/driver/nvidia/version',
  '/dev/nvidiactl',
  '/dev/nvidia0',
  'C:\\Windows\\System32\\nvidia-smi.exe',
];

/** How to enable the GPU, if an NVIDIA device is present and the backend does not use one; else undefined. */
export function gpuHint({ device }: Pick<BackendIdentity, 'device'>, paths: readonly string[] = traces) {
  if (device.startsWith('GPU') || !paths.some((path) => existsSync(path))) return undefined;
  return 'This machine has an NVIDIA device that is not used: `npm run setup:gpu` enables it, or says what is missing.';
}

function libraryFolders(windows: boolean): string[] {
  const listed = (windows ? process.env.PATH : process.env.LD_LIBRARY_PATH) ?? '';
  const cuda = windows
    ? []
    : filesIn('/usr/local')
        .filter((name) => name.startsWith('cuda'))
        .map((name) => `/usr/local/${name}/lib64`);
  return [...listed.split(delimiter).filter(Boolean), ...cuda];
}

function loaderCache(windows: boolean): string[] {
  if (windows) return [];
  const { stdout, error } = spawnSync('ldconfig', ['-p'], { encoding: 'utf8' });
  return error ? [] : [...stdout.matchAll(/^\s+(\S+) \(/gm)].map(([, name]) => name!);
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
