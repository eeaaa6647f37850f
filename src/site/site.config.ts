import { isImported } from '../compute/results/root.ts';

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
}: Pick<typeof site, 'author' | 'course' | 'date'> = site): string {
  return [author.replaceAll(' and ', ', '), course, date].filter((part) => part !== '').join(' · ');
}
