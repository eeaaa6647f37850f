// What the code of a stage is: the text that is left of a module and of all that it imports when comments, whitespace
// and what is never used are taken away. Packages are not part of it; their versions are.
import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { findPackage } from '../backend/backends.ts';
import { sha256 } from '../sha256.ts';

/** What {@link codeOf} says of a module. */
export type Code = Awaited<ReturnType<typeof codeOf>>;

/**
 * Code of a module: SHA-256 over its minified bundle, which does not depend on where the project lies; the versions of the
 * packages that it uses; and the modules it is made of.
 *
 * @param entry absolute path of the module
 * @throws if the module or one that it imports does not exist or has a syntax error, with esbuild's message
 */
export async function codeOf(entry: string) {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    absWorkingDir: dirname(entry),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node22',
    minify: true,
    treeShaking: true,
    legalComments: 'none',
    write: false,
    metafile: true,
    logLevel: 'silent',
    // The project's own compiler options are about checking: none of them changes the text that runs.
    tsconfigRaw: {},
  });
  const [bundle] = outputFiles;
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const names = new Set(imports.flatMap(({ path, external }) => (external ? packageName(path) : [])));
  const versions = await Promise.all(
    [...names].sort().map(async (name) => [name, await versionOf(name, dirname(entry))] as const),
  );
  return {
    sha256: sha256(bundle!.contents),
    packages: Object.fromEntries(versions),
    files: Object.keys(metafile.inputs).map((path) => join(dirname(entry), path)),
  };
}

function packageName(specifier: string): string[] {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return [];
  const [scope, name] = specifier.split('/');
  return [specifier.startsWith('@') ? `${scope}/${name}` : scope!];
}

/** Version of an installed package as a module in the folder sees it; 'none' if it is not installed. */
async function versionOf(name: string, folder: string): Promise<string> {
  const found = findPackage(name, folder);
  if (found === undefined) return 'none';
  return (JSON.parse(await readFile(join(found, 'package.json'), 'utf8')) as { version: string }).version;
}
