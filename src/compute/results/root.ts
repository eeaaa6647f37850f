/** The folder with the results that pages are made of: `public/`, or that of a report about a network out of a file. */
export const resultsRoot = process.env.RESULTS_ROOT ?? 'public';

/** Whether the results are of a network out of a file. */
export const isImported = resultsRoot !== 'public';
