// What the times depend on besides the code.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { version_core } from '@tensorflow/tfjs-core';

const { resolve } = createRequire(import.meta.url);

function version(name: string): string {
  return (JSON.parse(readFileSync(resolve(`${name}/package.json`), 'utf8')) as { version: string }).version;
}

/** Processor, load and versions: as data, and as lines to print. */
export function machine() {
  const facts = {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryMiB: Math.round(totalmem() / 2 ** 20),
    load: loadavg().map((value) => Number(value.toFixed(2))),
    platform: `${process.platform}-${process.arch}`,
    node: process.version,
    v8: process.versions.v8,
    packages: { tfjs: version_core, assemblyscript: version('assemblyscript'), astro: version('astro') },
  };
  const packages = Object.entries(facts.packages).map(([name, number]) => `${name} ${number}`);
  const lines = [
    `${facts.processor}, ${facts.cores} cores, ${facts.memoryMiB} MiB, ${facts.platform}`,
    `Node ${facts.node} (V8 ${facts.v8}), ${packages.join(', ')}`,
    `Load before: ${facts.load.join(' ')}${facts.load[0]! > 0.5 ? ' (not quiet: trust ratios, not seconds)' : ''}`,
  ];
  return { facts, lines };
}
