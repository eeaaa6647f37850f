import type { APIRoute } from 'astro';
import { saveNetworkScript } from '../report/pythonCode.ts';

/** The script with which a reader writes a network of their own. */
export const GET: APIRoute = async () =>
  new Response(await saveNetworkScript(), { headers: { 'Content-Type': 'text/x-python; charset=utf-8' } });
