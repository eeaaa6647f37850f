import { isImported } from './root.ts';
import { resultSchemas, type ResultName } from './schemas.ts';

/** The results that there are: a network is trained or imported. */
export function publishedResults(): ResultName[] {
  const absent = isImported() ? 'training' : 'imported';
  return (Object.keys(resultSchemas) as ResultName[]).filter((name) => name !== absent);
}
