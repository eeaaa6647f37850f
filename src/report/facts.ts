// What the prose says of the results, by topic and name. A page reads `{q1.epsilon}` and has the text; a sentence whose
// form depends on the results is a fact too, so that the pages of any network read right.
import { importedNetwork, publishedNetwork } from '../compute/experiments/publishedNetwork.ts';
import { mnistCnn, type Layer } from '../compute/networks/layers.ts';
import { resultsRoot } from '../compute/results/root.ts';
import type { Imported } from '../compute/results/schemas.ts';
import { curveFacts } from './curveFacts.ts';
import { exampleFacts, refinementFacts } from './exampleFacts.ts';
import {
  fooledFacts,
  gapFacts,
  literalFacts,
  precisionFacts,
  randomFacts,
  stepsFacts,
} from './comparisonFacts.ts';
import {
  checklistFacts,
  defendedFacts,
  targetFacts,
  trainingFacts,
  transferFacts,
  worstCaseFacts,
} from './networksFacts.ts';
import { networkFacts } from './networkFacts.ts';
import { reportResults, type OwnResults, type ReportResults } from './reportResults.ts';

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
  const { layers } = await publishedNetwork({ root });
  const imported = await importedNetwork({ root });
  return factsOf(await reportResults({ root }), layers, imported);
}

/** The facts of any results; a name that none of them has throws where it is read. */
export function factsOf(
  results: OwnResults | ReportResults,
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
    ...('network-curves' in results && {
      trainings: trainingFacts(results),
      defended: defendedFacts(results),
      worst: worstCaseFacts(results['worst-case']),
      transfer: transferFacts(results.transfer),
      targets: targetFacts(results['target-classes']),
      checklist: checklistFacts(results),
    }),
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
