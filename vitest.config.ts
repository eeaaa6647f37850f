// Two projects: `unit` tests the source beside it, `site` tests the built pages in dist/ with a browser.
import { defineConfig } from 'vitest/config';

const minute = 60_000;

export default defineConfig({
  test: {
    silent: 'passed-only',
    slowTestThreshold: 10_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.{ts,tsx}',
            'scripts/**/*.test.ts',
            'handin/**/*.test.ts',
            'bench/**/*.test.ts',
          ],
          pool: 'forks',
          testTimeout: minute,
          hookTimeout: 2 * minute,
        },
      },
      {
        extends: true,
        test: {
          name: 'site',
          include: ['tests/site/**/*.test.ts'],
          globalSetup: ['tests/site/globalSetup.ts'],
          // One browser at a time: software WebGL takes every core it finds.
          fileParallelism: false,
          testTimeout: minute,
          hookTimeout: 2 * minute,
        },
      },
    ],
  },
});
