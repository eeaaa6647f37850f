// How a network gets out of its library: the script that writes it, and the lines that call it.
import { readFile } from 'node:fs/promises';

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
