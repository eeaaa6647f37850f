// Projects: `unit` tests the source beside it, `site` the built pages in dist/ with browsers, `handin` what is handed
// in from there, the Python script included, `tensorflow` the backends that are installed by choice.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const minute = 60_000;

// Each test file and each build under test is a process that loads the same packages: compiled once, they are kept.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('node_modules/.cache/compiled', import.meta.url));

export default defineConfig({
  test: {
    silent: 'passed-only',
    slowTestThreshold: 10_000,
    globalSetup: ['tests/temporaryFiles.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.{ts,tsx}',
            'tools/**/*.test.ts',
            'handin/**/*.test.ts',
            'bench/**/*.test.ts',
            'tests/faults/**/*.test.ts',
            'tests/conformance/conformance.test.ts',
            'tests/networks/**/*.test.ts',
          ],
          pool: 'forks',
          // The files of a worker share what they import: tfjs, jsdom and Plot take longer to load than most files to run.
          isolate: false,
          // Every core: by default Vitest leaves one out.
          maxWorkers: '100%',
          testTimeout: minute,
          hookTimeout: 2 * minute,
        },
      },
      {
        extends: true,
        test: {
          name: 'site',
          include: ['tests/site/**/*.test.ts', 'tests/engines/**/*.test.ts'],
          globalSetup: ['tests/site/globalSetup.ts', 'tests/engines/globalSetup.ts'],
          // Two browsers at a time: software WebGL takes every core it finds.
          maxWorkers: 2,
          // A page answers in milliseconds, unless the machine is busy.
          expect: { poll: { timeout: 15_000 } },
          testTimeout: 2 * minute,
          hookTimeout: 2 * minute,
        },
      },
      {
        extends: true,
        test: {
          name: 'tensorflow',
          include: ['tests/conformance/*.test.ts'],
          testTimeout: 5 * minute,
          hookTimeout: 5 * minute,
        },
      },
      {
        extends: true,
        test: {
          name: 'handin',
          include: ['tests/handin/**/*.test.ts'],
          globalSetup: ['tests/handin/globalSetup.ts'],
          fileParallelism: false,
          // The Python script sweeps 1,000 images.
          testTimeout: 10 * minute,
          hookTimeout: 10 * minute,
        },
      },
    ],
  },
});
