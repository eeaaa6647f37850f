// Typed lint for TypeScript, the recommended set for Astro components. Warnings fail (`npm run check`).
import astro from 'eslint-plugin-astro';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const typescript = ['**/*.{ts,tsx}'];
const tests = ['**/*.test.{ts,tsx}', 'tests/**/*.ts'];

/** Leaves of an MDX page its import lines, where they stand. */
const importsOfMdx = {
  meta: { name: 'imports-of-mdx' },
  preprocess(text) {
    let script = '';
    let end = 0;
    for (const match of text.matchAll(/^import [^;]*;$/gm)) {
      script += text.slice(end, match.index).replace(/[^\n]/g, '') + match[0];
      end = match.index + match[0].length;
    }
    return [script];
  },
  postprocess: (messages) => messages.flat(),
};

export default defineConfig(
  // `assembly` is AssemblyScript, another language in files of the same ending.
  globalIgnores([
    '.compute/',
    '.astro',
    '.cache',
    '.venv*',
    'dist',
    'public',
    'coverage',
    'src/compute/backend/wasm/assembly',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: typescript,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 200 }],
      'no-console': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Typed arrays in loops: an index that the loop bounds is in range, and the loop is the clear form.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/prefer-for-of': 'off',
      // Error messages quote the value at fault, numbers and flags alike.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  // Commands talk on the terminal: that is what they are for.
  {
    files: ['src/compute/build/commands/**/*.ts', 'tools/**/*.ts', 'bench/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: tests,
    rules: {
      'max-lines': ['error', { max: 400 }],
      'no-console': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
    },
  },
  {
    files: ['**/*.astro'],
    extends: [astro.configs['flat/recommended']],
    rules: { 'max-lines': ['error', { max: 200 }] },
  },
  {
    files: ['**/*.mdx'],
    processor: importsOfMdx,
  },
  {
    // Components and pages read results; they never compute. Listings import a module's text with `?raw`.
    files: ['src/components/**/*.astro', 'src/site/layouts/**/*.astro', 'src/pages/**/*.{astro,mdx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: 'compute/(?!results/|sha256\\.ts$)(?!.*\\?raw$)',
              message: 'Pages and components import components and the reader of results only.',
            },
            {
              regex: '^@tensorflow/',
              message: 'Only src/compute and the widgets’ worker use TensorFlow.js.',
            },
          ],
        },
      ],
    },
  },
  { files: ['**/*.{js,mjs,cjs}'], rules: { 'prefer-const': 'error', eqeqeq: 'error', 'no-undef': 'off' } },
);
