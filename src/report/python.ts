// What pages show of the Python in handin/: the script's definitions, what came of its last run, how networks are saved.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { decimal, exponential } from '../components/format.ts';
import { modelPaths } from '../compute/results/files.ts';
import { readResult } from '../compute/results/readResult.ts';

/**
 * A definition of a Python module as it stands there: a function with its decorators, or what a name is set to.
 *
 * @param source text of the module
 * @param name a name that the module defines at its top level
 * @throws if the module does not define it
 */
export function pythonDefinition(source: string, name: string): string {
  // To the next line that starts at the margin, other than a closing bracket.
  const definition = new RegExp(
    `^(?:@.*\\n)*(?:def ${name}\\(|${name} = ).*\\n(?:(?:[ \\t)\\]}].*)?\\n)*`,
    'm',
  );
  const [found] = definition.exec(source) ?? [];
  if (!found) throw new Error(`${name} is not defined at the top level of the Python script`);
  return found.trimEnd();
}

/** Definitions of the hand-in script, in this order. */
export async function pythonCode(names: readonly string[]): Promise<string> {
  const source = await readFile('handin/problem1.py', 'utf8');
  return names.map((name) => pythonDefinition(source, name)).join('\n\n\n');
}

/** Text of save_network.py. */
export function saveNetworkScript(): Promise<string> {
  return readFile('handin/save_network.py', 'utf8');
}

/** For each library the lines that write a network of it. */
export async function exportSnippets(): Promise<{ title: string; code: string }[]> {
  const [, ...sections] = (await readFile('handin/export.py', 'utf8')).split(/^# %% /m);
  return sections.map((section) => {
    const [title = '', ...lines] = section.split('\n');
    return { title, code: lines.join('\n').trim() };
  });
}

const difference = z.number().nonnegative();

/** Schema of the record of the last time that problem1.py ran on the bundle (`npm run test:handin`); the script writes it. */
export const agreementSchema = z.strictObject({
  /** SHA-256 of the weights that both computed with. */
  weightsSha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal'),
  /** Whether every difference lies within its tolerance. */
  agree: z.boolean(),
  /** Index of the attacked test image. */
  image: z.int().nonnegative(),
  /** Largest differences: in the probabilities of x and both x*, and in accuracy over all ε. */
  differences: z.strictObject({
    prediction: z.strictObject({ x: difference, fgsm: difference, iterative: difference }),
    accuracy: z.strictObject({ fgsm: difference, iterative: difference }),
  }),
  /** Versions of Python and of the packages that the script computed with. */
  versions: z.record(z.string(), z.string()),
});

/** What the script found. */
export type Agreement = z.infer<typeof agreementSchema>;

/** The committed record, from the project's root. */
export const agreementFile = 'handin/agreement.json';

/**
 * The record, if it is of these weights and the script agreed; else nothing, for then it says nothing about this build.
 *
 * @param weightsSha256 SHA-256 of the published weight file
 * @throws if the record does not fit its schema
 */
export function readAgreement(weightsSha256: string, file = agreementFile): Agreement | undefined {
  const parsed = agreementSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    throw new Error(
      `${file} does not fit its schema; run npm run test:handin\n${z.prettifyError(parsed.error)}`,
    );
  }
  const { data } = parsed;
  return data.weightsSha256 === weightsSha256 && data.agree ? data : undefined;
}

/** What the script found on this build's weights, as a sentence; empty if it has not run on them. */
export async function agreementSentence(): Promise<string> {
  const { provenance } = await readResult('fgsm-curve');
  const agreement = readAgreement(provenance.inputs[modelPaths.weights]!);
  if (!agreement) return '';
  const { differences, versions } = agreement;
  const accuracy = Math.max(...Object.values(differences.accuracy));
  const prediction = Math.max(...Object.values(differences.prediction));
  const accuracies = accuracy === 0 ? 'exactly' : `to within ${decimal(accuracy * 100, 1)} points`;
  return `Run with JAX ${versions.jax}, the script gives this report’s accuracies ${accuracies} and its probabilities to within ${exponential(prediction, 1)}.`;
}
