import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isImported, resultsRoot } from '../compute/results/root.ts';
import { sha256 } from '../compute/sha256.ts';

/**
 * The one place for what identifies this report. Author, course and date are empty by default and are left out
 * wherever they would appear; the date is never taken from the clock, so that equal inputs give equal pages.
 */
export const site = {
  /** Short name: header, footer, and the end of every page's title. */
  name: 'Adversarial examples, MNIST',
  /** Title of the report: first page, citation and social preview. */
  title: `Adversarial examples for ${isImported() ? 'an imported' : 'a convolutional'} network on MNIST`,
  description: `Four questions about adversarial examples, answered by a build that ${isImported() ? 'reads' : 'trains'} the network, attacks it and writes this report; readers repeat every attack in their own browser.`,
  /** For example 'Ada Lovelace'; several authors are joined by ' and ', as in BibTeX. */
  author: '' as string,
  /** For example 'Trustworthy machine learning'. */
  course: '' as string,
  /** ISO date, for example '2025-05-14'. */
  date: '' as string,
  /** BibTeX key of this report. */
  citationKey: 'adversarial-mnist',
  licence: 'Text and figures CC BY 4.0, code MIT.',
  typeLicence: 'Type: Source Serif, Source Sans, Source Code Pro and KaTeX Main, SIL OFL 1.1.',
  /** Pages in the order of the header; a path is relative to the site's root and ends in a slash. */
  pages: [
    { path: '', label: 'Report' },
    { path: 'model/', label: 'Model' },
    { path: 'methods/', label: 'Methods' },
    ...(isImported() ? [] : [{ path: 'networks/', label: 'Networks' }]),
    { path: 'lab/', label: 'Lab' },
  ],
} as const;

/** Who wrote the report, for which course and when, as far as it is set. */
export function byline({
  author,
  course,
  date,
}: Record<'author' | 'course' | 'date', string> = site): string {
  return [author.replaceAll(' and ', ', '), course, date].filter((part) => part !== '').join(' · ');
}

/**
 * What this build is called: the version in package.json, and the first seven hexadecimal digits of the SHA-256 of the results'
 * manifest, which names every file's. Neither the clock nor the repository is asked, so two builds of equal content carry equal
 * names. The hash is `unbuilt` while nothing has been computed, so that checks of types and style run before.
 */
export function buildInfo({ root = resultsRoot } = {}): { version: string; hash: string } {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const results = join(root, 'results/manifest.json');
  return { version, hash: existsSync(results) ? sha256(readFileSync(results)).slice(0, 7) : 'unbuilt' };
}

/**
 * Where the site will live, such as `https://example.org/report/`. Its pages work anywhere without it: what has to name its
 * own address is left out then, and the page of missing pages, which is shown at any depth, takes it for the root of a host.
 *
 * @throws if SITE_URL is not the address of a host or of a folder there
 */
export function publicAddress({ SITE_URL = '' }: NodeJS.ProcessEnv): string | undefined {
  if (SITE_URL === '') return undefined;
  if (!/^https?:\/\/[^\s/?#@:]+(:\d+)?(\/[\w.~-]+)*\/?$/.test(SITE_URL) || !URL.canParse(SITE_URL))
    throw new Error(
      `invalid SITE_URL: '${SITE_URL}', expected an address such as https://example.org/report`,
    );
  return SITE_URL.replace(/\/?$/, '/');
}
