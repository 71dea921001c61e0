import js from '@eslint/js';
import rxjsX from 'eslint-plugin-rxjs-x';
import tseslint from 'typescript-eslint';

/** Who may import whom: a room may look into the rooms and packages named here, and into no others. */
const rooms = {
  errors: [],
  model: ['errors', 'rxjs'],
  time: ['errors', 'model', 'rxjs'],
  timetables: ['errors'],
  cron: ['errors', 'timetables', 'cron-parser', 'date-fns-tz'],
  triggers: ['errors', 'model', 'timetables', 'cron', 'time', 'rxjs'],
  operators: ['errors', 'model', 'triggers', 'time', 'rxjs'],
  engines: ['errors', 'model', 'operators', 'time', 'rxjs'],
  jobs: ['errors', 'model', 'triggers', 'operators', 'engines', 'time', 'rxjs'],
  scheduler: ['errors', 'model', 'triggers', 'operators', 'jobs', 'time', 'rxjs'],
  testing: ['errors', 'model', 'timetables', 'triggers', 'jobs', 'scheduler', 'time', 'rxjs'],
  angular: ['errors', 'model', 'triggers', 'engines', 'jobs', 'scheduler', 'time', 'rxjs', '@angular/core'],
};
const packages = ['rxjs', 'cron-parser', 'date-fns-tz', 'date-fns', '@angular/core'];

function wall(files, allowed) {
  const closedRooms = Object.keys(rooms).filter((room) => !allowed.includes(room));
  const closedPackages = packages.filter((name) => !allowed.includes(name));
  return {
    files,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: [...closedRooms.map((room) => `**/${room}/*`), '**/index.js'],
              message: 'This room may not look in there: see docs/concepts.md, "Rooms".',
            },
            {
              group: [...closedPackages.flatMap((name) => [name, `${name}/*`]), 'rxjs/internal/*', 'node:*'],
              message: 'This package is not for this room.',
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

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'node_modules', 'spec/docs/blocks', 'docs/examples/angular'] },
  js.configs.recommended,
  { files: ['**/*.js'], languageOptions: { globals: { process: 'readonly', console: 'readonly' } } },
  { files: ['spec/support/stand-ins/*'], languageOptions: { globals: { require: 'readonly', exports: 'writable' } } },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked, rxjsX.configs.strict],
    languageOptions: { parserOptions: { project: ['./spec/tsconfig.json'], tsconfigRootDir: import.meta.dirname } },
    rules: { '@typescript-eslint/consistent-generic-constructors': ['error', 'type-annotation'] }, // what isolatedDeclarations asks for
  },
  ...Object.entries(rooms).map(([room, allowed]) => wall([`src/${room}/**/*.ts`], [room, ...allowed])),
  wall(['src/time/!(world|scheduler-clock).ts'], ['time', 'errors', 'model']),
  wall(['src/triggers/!(cron-trigger).ts', 'src/triggers/misfire/*.ts'], ['triggers', 'errors', 'model', 'timetables', 'time', 'rxjs']),
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
