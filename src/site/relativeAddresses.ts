/**
 * Makes the addresses of a finished page relative, so that a copy of the site works wherever it lies: at the root of a
 * host, below a path, or on a disk, where a folder's address does not lead to its index.html.
 *
 * @param page address of the page, as its route has it: `/model/`
 * @param build name of the build, which the addresses of its pictures end with: what a cache kept of another has another
 * @param root how the page names the root of the site: by default the way up
 */
export function relativeAddresses(
  html: string,
  page: string,
  {
    build,
    root = '../'.repeat(page.split('/').length - 2) || './',
  }: { build: string; root?: string | undefined },
): string {
  const relative = (address: string): string => {
    const [, path = '', rest = ''] = /^\/([^?#]*)(.*)$/.exec(address)!;
    if (rest.startsWith('#') && `/${path}` === page) return rest;
    const file = path === '' || path.endsWith('/') ? 'index.html' : '';
    return `${root}${path}${file}${path.startsWith('pictures/') ? `?${build}` : ''}${rest}`;
  };
  const ours = (address: string): boolean => /^\/(?!\/)/.test(address);
  return html
    .replace(/(?<=\s(?:href|src|component-url|renderer-url)=")[^"]+/g, (address) =>
      ours(address) ? relative(address) : address,
    )
    .replace(/(?<=\sprops=")[^"]+/g, (props) =>
      props.replace(/(?<=&quot;)\/[^&]+/g, (address) => (ours(address) ? relative(address) : address)),
    );
}
