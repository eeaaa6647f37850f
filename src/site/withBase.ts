/**
 * The address of a page or file below the site's base path: `withBase('model/')` is `/model/`, or `/report/model/`
 * where the site lives under `/report`.
 */
export function withBase(path: string, base: string = import.meta.env.BASE_URL): string {
  return `${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}
