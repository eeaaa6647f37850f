import { withBase } from './withBase.ts';

/**
 * Makes the addresses of a finished page relative, so that a copy of the site works wherever it lies: at the root of a
 * host, below a path, or on a disk, where a folder's address does not lead to its index.html.
 *
 * @param page address of the page, as its route has it: `/model/`
 * @param base path below which the routes lie
 */
export function relativeAddresses(html: string, page: string, base = '/'): string {
  const root = withBase('', base);
  const up = '../'.repeat(page.slice(root.length).split('/').length - 1) || './';
  const relative = (address: string): string => {
    const [, path = '', rest = ''] = /^([^?#]*)(.*)$/.exec(address.slice(root.length))!;
    if (rest.startsWith('#') && root + path === page) return rest;
    return `${up}${path}${path === '' || path.endsWith('/') ? 'index.html' : ''}${rest}`;
  };
  const ours = (address: string): boolean => address.startsWith(root) && !address.startsWith('//');
  return html
    .replace(/(?<=\s(?:href|src|component-url|renderer-url)=")[^"]+/g, (address) =>
      ours(address) ? relative(address) : address,
    )
    .replace(/(?<=\sprops=")[^"]+/g, (props) =>
      props.replace(/(?<=&quot;)\/[^&]+/g, (address) => (ours(address) ? relative(address) : address)),
    );
}
