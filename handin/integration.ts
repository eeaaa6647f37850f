// Astro integration: writes the bundle before the pages are made, so that they can list its files and the check of
// links finds them.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { handInBundle } from './bundle.ts';
import { ARCHIVE, HAND_IN_FOLDER, REPORT_PDF } from './contents.ts';
import { writeHandIn } from './writeHandIn.ts';

/** Set by `npm run handin` to this value for the build that links the printed report and the archive. */
export const HAND_IN_COMPLETE = 'complete';

/**
 * Writes `public/handin/`, from where it is served and copied to `dist/handin/`. A report printed from pages other
 * than these is removed, and the archive with it.
 */
export function handIn(): AstroIntegration {
  return {
    name: 'hand-in',
    hooks: {
      'astro:config:setup': async ({ command, config }) => {
        if (command !== 'build' && command !== 'dev') return;
        const root = fileURLToPath(config.publicDir);
        const keep = process.env.HAND_IN === HAND_IN_COMPLETE ? [REPORT_PDF, ARCHIVE] : [];
        await writeHandIn(join(root, HAND_IN_FOLDER), await handInBundle({ root }), { keep });
      },
    },
  };
}
