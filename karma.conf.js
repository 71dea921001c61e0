// Karma 6.4 + jasmine-core 7 in headless Chrome. esbuild bundles all specs; src/ can be instrumented for coverage.
//   karma start                     one run        COVERAGE=1 karma start    one run with coverage
//   karma start --no-single-run --auto-watch       watch        GREP=pausable karma start   a part
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { chrome } from './spec/support/chrome.js';

const require = createRequire(import.meta.url);
const root = import.meta.dirname;
const coverage = process.env.COVERAGE === '1';
const outfile = path.join(root, 'node_modules/.cache/karma/specs.js');

/** All spec files as one virtual module (new files are seen in watch mode through watchDirs). */
const specs = {
  name: 'specs',
  setup(build) {
    build.onResolve({ filter: /^virtual:specs$/ }, () => ({ path: 'specs', namespace: 'specs' }));
    build.onLoad({ filter: /.*/, namespace: 'specs' }, () => {
      const files = walk(path.join(root, 'spec')).filter((f) => f.endsWith('.spec.ts'));
      return {
        contents: files.map((f) => `import ${JSON.stringify(f)};`).join('\n'),
        resolveDir: root,
        watchDirs: [path.join(root, 'spec')],
      };
    });
  },
};
const walk = (dir) =>
  readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((d) => d.isFile())
    .map((d) => path.join(d.parentPath ?? d.path, d.name))
    .sort();

/** Instruments src/ with istanbul as TypeScript, before the types are stripped. */
const istanbul = {
  name: 'istanbul',
  setup(build) {
    const { createInstrumenter } = require('istanbul-lib-instrument');
    const instrumenter = createInstrumenter({ esModules: true, compact: false, produceSourceMap: true, parserPlugins: ['typescript'] });
    build.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
      if (!file.startsWith(path.join(root, 'src') + path.sep)) return undefined;
      const code = await readFile(file, 'utf8');
      const out = instrumenter.instrumentSync(code, file);
      const map = Buffer.from(JSON.stringify(instrumenter.lastSourceMap())).toString('base64');
      return { contents: `${out}\n//# sourceMappingURL=data:application/json;base64,${map}`, loader: 'ts' };
    });
  },
};

/** One plain closing line. */
function Tally() {
  this.onRunComplete = (_browsers, { success, failed, skipped }) => {
    process.stdout.write(`\nbrowser: ${success} passed, ${failed} failed, ${skipped ?? 0} skipped\n`);
  };
}

const plugins = {
  'reporter:tally': ['type', Tally],
  // karma-jasmine 5.1 can only boot jasmine-core <= 6; jasmine-core 7 boots itself, so its adapter alone is loaded.
  'framework:jasmine7': [
    'factory',
    Object.assign(
      (files) => {
        for (const file of [
          'karma-jasmine/lib/adapter.js',
          path.join(path.dirname(require.resolve('jasmine-core')), 'jasmine-core/jasmine.js'),
        ]) {
          files.unshift({ pattern: require.resolve(file), included: true, served: true, watched: false });
        }
      },
      { $inject: ['config.files'] },
    ),
  ],
  // hands karma the map of the bundle: stack traces then point into the .ts files
  'preprocessor:sourcemap': [
    'value',
    async (content, file) => {
      file.sourceMap = JSON.parse(await readFile(`${file.originalPath}.map`, 'utf8'));
      return content;
    },
  ],
};

export default async (config) => {
  const bin = await chrome();
  if (bin) process.env.CHROME_BIN = bin;
  const build = await esbuild.context({
    stdin: { contents: "import 'virtual:specs';", resolveDir: root },
    bundle: true,
    ignoreAnnotations: true,
    format: 'iife',
    target: 'es2022',
    platform: 'browser',
    sourcemap: 'linked',
    outfile,
    logLevel: 'warning',
    plugins: coverage ? [specs, istanbul] : [specs],
  });
  await build.rebuild(); // a build error rejects: karma stops with exit code 1
  const watch = process.argv.includes('--no-single-run');
  await (watch ? build.watch() : build.dispose());

  config.set({
    frameworks: ['jasmine7'],
    plugins: ['karma-chrome-launcher', 'karma-coverage', plugins],
    files: [{ pattern: outfile, watched: true }],
    preprocessors: { [outfile]: ['sourcemap'] },
    browsers: ['Chromium'],
    customLaunchers: {
      Chromium: {
        base: 'ChromeHeadless',
        flags: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-dev-shm-usage',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
          '--disable-background-timer-throttling',
          '--disable-backgrounding-occluded-windows',
          '--disable-renderer-backgrounding',
        ],
      },
    },
    reporters: coverage ? ['dots', 'coverage', 'tally'] : ['dots', 'tally'],
    coverageReporter: { dir: 'coverage/browser', subdir: '.', reporters: [{ type: 'text' }, { type: 'lcovonly' }, { type: 'json' }] },
    client: { args: process.env.GREP ? [`--grep=${process.env.GREP}`] : [], jasmine: { random: true, failSpecWithNoExpectations: true } },
    failOnEmptyTestSuite: true,
    singleRun: true,
    autoWatch: false,
  });
};
