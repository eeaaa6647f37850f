import type { APIRoute, GetStaticPaths } from 'astro';
import type { Picture } from '../../components/pictures/digitPicture.ts';
import { encodePng } from '../../components/pictures/encodePng.ts';
import { loadPictures } from '../../components/pictures/loadPictures.ts';

/** Every picture of the report; names.ts lists them. */
export const getStaticPaths = (async () =>
  [...(await loadPictures())].map(([name, picture]) => ({
    params: { name },
    props: { picture },
  }))) satisfies GetStaticPaths;

/** The picture as PNG. */
export const GET: APIRoute<{ picture: Picture }> = ({ props }) =>
  new Response(encodePng(props.picture), { headers: { 'Content-Type': 'image/png' } });
