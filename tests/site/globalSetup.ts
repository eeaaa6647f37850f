// Serves dist/ once for all site tests.
import type { TestProject } from 'vitest/node';
import { serve } from '../../tools/browser/serve.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the built site's root, with a slash at its end. */
    siteUrl: string;
  }
}

export default async function globalSetup(project: TestProject): Promise<() => Promise<void>> {
  const server = await serve('dist');
  project.provide('siteUrl', server.url);
  return server.close;
}
