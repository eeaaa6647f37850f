/**
 * Where the site will live, such as `https://example.org/report/`. Its pages work anywhere without it: what has to name its
 * own address is left out then, and the page of missing pages, which is shown at any depth, takes it for the root of a host.
 *
 * @throws if SITE_URL is not the address of a host or of a folder there
 */
export function publicAddress({ SITE_URL = '' }: NodeJS.ProcessEnv): string | undefined {
  if (SITE_URL === '') return undefined;
  if (!/^https?:\/\/[\w.-]+(:\d+)?(\/[\w.~-]+)*\/?$/.test(SITE_URL))
    throw new Error(
      `invalid SITE_URL: '${SITE_URL}', expected an address such as https://example.org/report`,
    );
  return SITE_URL.replace(/\/?$/, '/');
}
