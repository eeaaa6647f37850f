// The results that the prose and its tables speak of.
import { networkSchemas } from '../compute/results/networkSchemas.ts';
import { publishedResults, readResult } from '../compute/results/readResult.ts';
import { resultsRoot } from '../compute/results/root.ts';
import type { Result, ResultName } from '../compute/results/schemas.ts';

const ofOne = [
  'evaluation',
  'fgsm-example',
  'fgsm-curve',
  'iterative-example',
  'iterative-curve',
  'steps-curve',
  'fooled-classes',
  'random-signs',
  'precision',
] as const satisfies readonly ResultName[];

const ofOthers = Object.keys(networkSchemas) as (keyof typeof networkSchemas)[];

type Results<Name extends ResultName> = { [Each in Name]: Result<Each> };

/** Those of the one network, trained or imported. */
export type OwnResults = Results<(typeof ofOne)[number]>;

/** The results that the prose speaks of. */
export type ReportResults = OwnResults & Results<(typeof ofOthers)[number]>;

/** The results of the build that the prose speaks of; of an imported network only its own. */
export async function reportResults({ root = resultsRoot } = {}): Promise<OwnResults | ReportResults> {
  const published = publishedResults();
  const names = [...ofOne, ...ofOthers].filter((name) => published.includes(name));
  const entries = await Promise.all(names.map(async (name) => [name, await readResult(name, { root })]));
  return Object.fromEntries(entries) as OwnResults | ReportResults;
}
