import { isImported } from './root.ts';
import { resultSchemas, type ResultName } from './schemas.ts';

/** The results that there are: a network is trained or imported. */
export const publishedResults = (Object.keys(resultSchemas) as ResultName[]).filter(
  (name) => name !== (isImported ? 'training' : 'imported'),
);
