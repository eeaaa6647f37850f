import type { APIRoute } from 'astro';
import { licences } from '../report/appendix.ts';

export const GET: APIRoute = async () =>
  new Response(await licences(), { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
