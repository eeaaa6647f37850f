import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The folder with the results that pages are made of: `public/`, or that of another report. */
export const resultsRoot = process.env.RESULTS_ROOT ?? 'public';

/** Whether the results are of a network out of a file. */
export const isImported = (): boolean => existsSync(join(resultsRoot, 'results/imported.json'));
