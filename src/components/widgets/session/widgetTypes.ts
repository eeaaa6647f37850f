import type { BuiltExample } from './example.ts';
import type { LibraryFiles } from './imageLibrary.ts';
import type { PictureFiles } from '../ui/ThreePictures.tsx';

/** Files of the site that widgets fetch, and the SHA-256 of the weights. */
export interface SiteFiles extends LibraryFiles {
  weights: string;
  sha256: string;
  /** Further images to check: results/widget-check.json. */
  check: string;
}

/** What a page gives to an attack widget; made by `attackProps`. */
export interface AttackWidgetProps {
  /** Name in addresses, unique on its page. */
  name: string;
  example: BuiltExample;
  files: SiteFiles;
  /** The build's pictures; left out, the film strip stands first. */
  pictures?: PictureFiles | undefined;
  film?: { images: string[]; changes: string[] } | undefined;
  /** Anchor of the figure, for links; and of the table inside it. */
  anchor?: string | undefined;
  tableId?: string | undefined;
}

/** What a page gives to a live curve; made by `curveProps`. */
export interface LiveCurveProps {
  /** Name of the curve's state in the contents. */
  name: string;
  files: SiteFiles;
  epsilons: number[];
  steps: number;
  /** The widget in which a flipping image opens, and the anchor of its figure. */
  widget: { name: string; anchor: string };
}
