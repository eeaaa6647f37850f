import type { APIRoute, GetStaticPaths } from 'astro';
import { encodePng } from '../../components/pictures/encodePng.ts';
import type { Picture } from '../../components/pictures/picture.ts';
import { pictures } from '../../components/pictures/pictures.ts';
import { readResult } from '../../compute/results/readResult.ts';
import { isImported } from '../../compute/results/root.ts';

/** Every picture of the report. */
export const getStaticPaths = (async () => {
  const [fgsm, iterative, gallery, defendedGallery, precision] = await Promise.all([
    readResult('fgsm-example'),
    readResult('iterative-example'),
    readResult('gallery'),
    isImported() ? undefined : readResult('defended-gallery'),
    readResult('precision'),
  ]);
  return [...pictures({ fgsm, iterative, gallery, defendedGallery, precision })].map(([name, picture]) => ({
    params: { name },
    props: { picture },
  }));
}) satisfies GetStaticPaths;

/** The picture as PNG. */
export const GET: APIRoute<{ picture: Picture }> = ({ props }) =>
  new Response(encodePng(props.picture), { headers: { 'Content-Type': 'image/png' } });
