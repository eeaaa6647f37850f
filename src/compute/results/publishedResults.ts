import { networkSchemas } from './networkSchemas.ts';
import { isImported } from './root.ts';
import { resultSchemas, type ResultName } from './schemas.ts';

// Of the report's own recipe: an imported network has none of them.
const ofRecipe = ['training', 'defended-gallery', ...Object.keys(networkSchemas)];

/** The results that there are: a network is trained or imported. */
export function publishedResults(): ResultName[] {
  const absent = isImported() ? ofRecipe : ['imported'];
  return (Object.keys(resultSchemas) as ResultName[]).filter((name) => !absent.includes(name));
}
