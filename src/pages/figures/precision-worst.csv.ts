import type { APIRoute } from 'astro';
import { csv } from '../../components/figures/csv.ts';
import { readResult } from '../../compute/results/readResult.ts';

/** The image with the most wrong signs, pixel by pixel from the upper left, and the signs of its gradient three ways. */
export const GET: APIRoute = async () => {
  const { image, reference, margin, crossEntropy } = (await readResult('precision')).worst;
  const header = ['pixel', 'value', 'float64', 'float32 margin', 'float32 cross-entropy'];
  const rows = Array.from(image, (value, i) => [i, value, reference[i]!, margin[i]!, crossEntropy[i]!]);
  return new Response(csv({ header, rows }), { headers: { 'Content-Type': 'text/csv; charset=utf-8' } });
};
