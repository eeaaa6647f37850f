// The Python that pages show: definitions of the hand-in script, and how a network gets out of its library.
import { readFile } from 'node:fs/promises';

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
  const found = definition.exec(source);
  if (!found) throw new Error(`${name} is not defined at the top level of the Python script`);
  return found[0].trimEnd();
}

/** Definitions of the hand-in script, in this order. */
export async function pythonCode(names: readonly string[]): Promise<string> {
  const source = await readFile('handin/problem1.py', 'utf8');
  return names.map((name) => pythonDefinition(source, name)).join('\n\n\n');
}

const libraries = { stax: 'JAX, stax', pytorch: 'PyTorch', keras: 'Keras', flax: 'Flax' };

/** Text of save_network.py. */
export function saveNetworkScript(): Promise<string> {
  return readFile('handin/save_network.py', 'utf8');
}

/** For each library the lines that write a network of it: the text of handin/export/, which the tests run. */
export function exportSnippets(): Promise<{ title: string; code: string }[]> {
  return Promise.all(
    Object.entries(libraries).map(async ([name, title]) => ({
      title,
      code: (await readFile(`handin/export/${name}.py`, 'utf8')).trimEnd(),
    })),
  );
}
