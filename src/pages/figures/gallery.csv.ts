import type { APIRoute } from 'astro';
import { csv } from '../../components/figures/csv.ts';
import { galleryRows } from '../../report/galleryRows.ts';

/** What the network reads in each image of the gallery. */
export const GET: APIRoute = async () => {
  const rows = (await galleryRows()).flatMap(({ epsilon, cells }) =>
    cells.map(({ label, read, probability }) => [label, epsilon, read, probability]),
  );
  const header = ['true class', 'epsilon', 'class read', 'probability'];
  return new Response(csv({ header, rows }), { headers: { 'Content-Type': 'text/csv; charset=utf-8' } });
};
