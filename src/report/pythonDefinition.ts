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
