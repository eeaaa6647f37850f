import { site } from '../site.config.ts';

/** How to cite this report, as a BibTeX entry; author and year stand there once they are set in site.config.ts. */
export function bibtex(build: string): string {
  const [year = ''] = site.date.split('-');
  const fields = [
    ['title', site.title],
    ['author', site.author],
    ['year', year],
    ['note', `build ${build}`],
  ].filter(([, value]) => value !== '');
  const lines = fields.map(([name = '', value = '']) => `  ${name.padEnd(6)} = {${value}}`);
  return `@misc{${site.citationKey},\n${lines.join(',\n')}\n}`;
}
