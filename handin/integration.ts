// Astro integration: writes the bundle before the pages are made, so that they can list its files and the check of
// links finds them.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { handInBundle } from './bundle.ts';
import { writeHandIn } from './writeHandIn.ts';

/**
 * Writes `public/handin/`, from where it is served and copied to `dist/handin/`. `npm run handin` writes it
 * itself, with the files that take longer, and sets HAND_IN: to `print` for a build with the page that is printed.
 */
export function handIn(): AstroIntegration {
  return {
    name: 'hand-in',
    hooks: {
      'astro:config:setup': async ({ command, config, injectRoute }) => {
        if (command !== 'build' && command !== 'dev') return;
        const root = fileURLToPath(config.publicDir);
        if (process.env.HAND_IN === 'print') {
          injectRoute({ pattern: '/print', entrypoint: new URL('print/report.astro', import.meta.url) });
        }
        if (!process.env.HAND_IN)
          await writeHandIn(await handInBundle({ root }), { root, work: join(root, '../.compute') });
      },
    },
  };
}
