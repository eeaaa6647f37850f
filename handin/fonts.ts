// The report's type for a renderer that reads TrueType alone: the very files of the pages, unpacked.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';

/** A face of the pages: its file, and its weight where the file holds several. */
interface Face {
  file: string;
  weight?: number;
}

const sans = '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2';
const serif = '@fontsource/source-serif-4/files/source-serif-4';

const faces: readonly Face[] = [
  { file: sans, weight: 400 },
  { file: sans, weight: 600 },
  { file: `${serif}-latin-400-italic.woff2` },
  { file: `${serif}-greek-400-italic.woff2` },
  { file: `${serif}-greek-400-normal.woff2` },
  { file: 'katex/dist/fonts/KaTeX_Main-Regular.woff2' },
];

/** The faces of the figures as TrueType, in the order in which a missing letter is looked for. */
export function figureFonts(): Promise<Uint8Array[]> {
  return Promise.all(
    faces.map(async ({ file, weight }) => {
      const font = await readFile(fileURLToPath(import.meta.resolve(file)));
      return subsetFont(font, '', {
        targetFormat: 'truetype',
        keepAllGlyphs: true,
        ...(weight === undefined ? {} : { variationAxes: { wght: weight } }),
      });
    }),
  );
}
