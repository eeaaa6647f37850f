// What the prose says of the results, by topic and name. A page reads `{q1.epsilon}` and has the text; a sentence whose
// form depends on the results is a fact too, so that the pages of any network read right.
import type { Layer } from '../compute/networks/layers.ts';
import { mnistCnn } from '../compute/networks/mnistCnn.ts';
import { readResult } from '../compute/results/readResult.ts';
import { resultsRoot } from '../compute/results/root.ts';
import type { Imported } from '../compute/results/importedSchema.ts';
import type { Result, ResultName } from '../compute/results/schemas.ts';
import { curveFacts } from './curveFacts.ts';
import { exampleFacts, refinementFacts } from './exampleFacts.ts';
import { fooledFacts, gapFacts, literalFacts, randomFacts, stepsFacts } from './comparisonFacts.ts';
import { importedNetwork, publishedNetwork } from '../compute/experiments/publishedNetwork.ts';
import { networkFacts } from './networkFacts.ts';
import { precisionFacts } from './precisionFacts.ts';

const used = [
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

/** The results that the prose speaks of. */
export type ReportResults = { [Name in (typeof used)[number]]: Result<Name> };

/** Texts of a topic by their names. */
type Facts = Readonly<Record<string, string>>;

let loaded: Promise<Readonly<Record<string, Facts>>> | undefined;

/** All facts of the build's results, read once. */
export function facts(): Promise<Readonly<Record<string, Facts>>> {
  loaded ??= readFacts();
  return loaded;
}

/** All facts of the results in a folder. */
export async function readFacts({ root = resultsRoot } = {}): Promise<Readonly<Record<string, Facts>>> {
  const entries = await Promise.all(
    used.map(async (name) => [name, await readResult(name, { root })] as const),
  );
  const { layers } = await publishedNetwork({ root });
  const imported = await importedNetwork({ root });
  return factsOf(Object.fromEntries(entries) as unknown as ReportResults, layers, imported);
}

/** The facts of any results; a name that none of them has throws where it is read. */
export function factsOf(
  results: ReportResults,
  layers: readonly Layer[] = mnistCnn.layers,
  imported?: Imported,
): Readonly<Record<string, Facts>> {
  const one = results['fgsm-example'];
  const five = results['iterative-example'];
  const topics = {
    network: networkFacts(results.evaluation, layers, imported),
    q1: exampleFacts(one),
    q2: curveFacts(results['fgsm-curve'], one.epsilon),
    q3: { ...exampleFacts(five), ...refinementFacts(one, five) },
    q4: curveFacts(results['iterative-curve'], five.epsilon),
    gap: gapFacts(results['fgsm-curve'].clipped, results['iterative-curve'].clipped),
    literal: literalFacts(results['iterative-curve']),
    steps: stepsFacts(results['steps-curve']),
    fooled: fooledFacts(results['fooled-classes']),
    random: randomFacts(results['random-signs'], results['fgsm-curve'].clipped),
    precision: precisionFacts(results.precision, results['fgsm-curve']),
  };
  const checked = Object.entries(topics).map(
    ([topic, texts]) => [topic, named(`fact of ${topic}`, texts)] as const,
  );
  return named('topic of the facts', Object.fromEntries(checked));
}

/** An object whose unknown names throw, with the known ones. */
function named<Value>(what: string, known: Record<string, Value>): Readonly<Record<string, Value>> {
  return new Proxy(known, {
    get(target, name) {
      // An awaited object is asked whether it is a promise.
      if (typeof name === 'symbol' || name === 'then') return undefined;
      const value = target[name];
      if (value === undefined)
        throw new Error(`unknown ${what}: '${name}', expected one of ${Object.keys(target).join(', ')}`);
      return value;
    },
  });
}
