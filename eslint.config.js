import js from '@eslint/js';
import stylistic from '@stylistic/eslint-plugin';
import rxjsX from 'eslint-plugin-rxjs-x';
import simpleImportSort from 'eslint-plugin-simple-import-sort';
import tseslint from 'typescript-eslint';

/** The layers of src: a layer may import those that stand before it in this list and are named here, and no others. */
const layers = {
  errors: [],
  model: ['rxjs'],
  guards: ['errors', 'model', 'rxjs'],
  checks: ['errors', 'model'],
  time: ['errors', 'model', 'checks', 'rxjs'],
  timetables: ['errors', 'model', 'guards'],
  cron: ['errors', 'model', 'timetables', 'cron-parser', 'date-fns-tz'],
  triggers: ['errors', 'model', 'guards', 'checks', 'time', 'timetables', 'cron', 'rxjs'],
  operators: ['errors', 'model', 'guards', 'checks', 'time', 'triggers', 'rxjs'],
  lanes: ['errors', 'model', 'guards', 'time', 'rxjs'],
  jobs: ['errors', 'model', 'guards', 'checks', 'time', 'triggers', 'operators', 'lanes', 'rxjs'],
  scheduler: ['errors', 'model', 'guards', 'checks', 'time', 'triggers', 'jobs', 'rxjs'],
  testing: ['errors', 'model', 'guards', 'checks', 'time', 'timetables', 'triggers', 'jobs', 'scheduler', 'rxjs'],
  angular: ['errors', 'model', 'guards', 'checks', 'time', 'triggers', 'jobs', 'scheduler', 'rxjs', '@angular/core'],
};
const packages = ['rxjs', 'cron-parser', 'date-fns-tz', 'date-fns', '@angular/core'];

function wall(files, allowed) {
  const closedLayers = Object.keys(layers).filter((layer) => !allowed.includes(layer));
  const closedPackages = packages.filter((name) => !allowed.includes(name));
  return {
    files,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: [...closedLayers.map((layer) => `**/${layer}/*`), '**/index.js'],
              message: 'This layer may not import that one: see docs/architecture.md.',
            },
            {
              group: [...closedPackages.flatMap((name) => [name, `${name}/*`]), 'rxjs/internal/*', 'node:*'],
              message: 'This layer may not import that package: see docs/architecture.md.',
            },
          ],
        },
      ],
    },
  };
}

/** Only src/time asks what time it is, or sets a timer. */
const clocks = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'performance', 'requestAnimationFrame'];
const noClock = {
  'no-restricted-globals': ['error', ...clocks.map((name) => ({ name, message: 'Time is an argument: only src/time asks for it.' }))],
  'no-restricted-syntax': [
    'error',
    { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'Time is an argument: only src/time asks for it.' },
    { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time is an argument: only src/time asks for it.' },
    { selector: "ImportSpecifier[imported.name='asyncScheduler']", message: 'Time is an argument: only src/time asks for it.' },
  ],
};

/** Packages first, then other folders, then the own folder; comments as wide as the code. */
const layout = {
  plugins: { '@stylistic': stylistic, 'simple-import-sort': simpleImportSort },
  rules: {
    'no-duplicate-imports': ['error', { allowSeparateTypeImports: true }],
    'simple-import-sort/imports': ['error', { groups: [['^node:', '^@?\\w', '^\\.\\.', '^\\.']] }],
    '@stylistic/max-len': ['error', { code: 1_000, comments: 140, ignorePattern: '^\\s*\\* \\|', ignoreUrls: true }],
  },
};

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'node_modules', 'spec/docs/blocks', 'docs/examples/angular'] },
  layout,
  js.configs.recommended,
  { files: ['**/*.js'], languageOptions: { globals: { process: 'readonly', console: 'readonly' } } },
  { files: ['spec/support/stand-ins/*'], languageOptions: { globals: { require: 'readonly', exports: 'writable' } } },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked, rxjsX.configs.strict],
    languageOptions: { parserOptions: { project: ['./spec/tsconfig.json'], tsconfigRootDir: import.meta.dirname } },
    rules: { '@typescript-eslint/consistent-generic-constructors': ['error', 'type-annotation'] }, // what isolatedDeclarations asks for
  },
  ...Object.entries(layers).map(([layer, allowed]) => wall([`src/${layer}/**/*.ts`], [layer, ...allowed])),
  wall(['src/time/!(world|scheduler-clock).ts'], ['time', 'errors', 'model', 'checks']),
  wall(
    ['src/triggers/!(cron-trigger|check-cron).ts', 'src/triggers/misfire/*.ts'],
    ['triggers', 'errors', 'model', 'guards', 'checks', 'timetables', 'time', 'rxjs'],
  ),
  { files: ['src/**/*.ts'], ignores: ['src/time/**'], rules: noClock },
  {
    files: ['spec/**/*.ts', 'docs/**/*.ts'],
    rules: {
      'rxjs-x/no-ignored-error': 'off',
      'rxjs-x/throw-error': 'off',
      '@typescript-eslint/class-literal-property-style': 'off',
      '@typescript-eslint/consistent-generic-constructors': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
);
