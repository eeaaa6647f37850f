/**
 * Makes the addresses of a finished page relative, so that a copy of the site works wherever it lies: at the root of a
 * host, below a path, or on a disk, where a folder's address does not lead to its index.html.
 *
 * @param page address of the page, as its route has it: `/model/`
 * @param root how the page names the root of the site: by default the way up
 */
export function relativeAddresses(
  html: string,
  page: string,
  root = '../'.repeat(page.split('/').length - 2) || './',
): string {
  const relative = (address: string): string => {
    const [, path = '', rest = ''] = /^\/([^?#]*)(.*)$/.exec(address)!;
    if (rest.startsWith('#') && `/${path}` === page) return rest;
    return `${root}${path}${path === '' || path.endsWith('/') ? 'index.html' : ''}${rest}`;
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
