/**
 * Where the site will live: an origin, and the path below it (a project page lives under `/repository`). Its pages work
 * anywhere without either; what has to name its own address is left out without the first, and the page of missing pages,
 * which is shown at any depth, needs the second.
 *
 * @throws if SITE_URL is not an origin or BASE_PATH not a path
 */
export function publicAddress({ SITE_URL = '', BASE_PATH = '' }: NodeJS.ProcessEnv) {
  if (!/^(https?:\/\/[^\s/?#]+\/?)?$/.test(SITE_URL))
    throw new Error(`invalid SITE_URL: '${SITE_URL}', expected an origin such as https://example.org`);
  if (!/^\/?([\w.~-]+\/)*[\w.~-]*$/.test(BASE_PATH))
    throw new Error(`invalid BASE_PATH: '${BASE_PATH}', expected a path such as /repository`);
  return { site: SITE_URL || undefined, base: BASE_PATH || '/' };
}
