// Serves dist/ once for all site tests, under the base path it was built with, if any.
import type { TestProject } from 'vitest/node';
import { serve } from '../../tools/browser/serve.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the built site's root, with a slash at its end. */
    siteUrl: string;
  }
}

export default async function globalSetup(project: TestProject): Promise<() => Promise<void>> {
  const base = `/${process.env.BASE_PATH ?? ''}/`.replace(/\/+/g, '/');
  const server = await serve('dist', { base });
  project.provide('siteUrl', server.url);
  return server.close;
}
