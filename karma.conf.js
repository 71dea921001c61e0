// Karma 6.4 + jasmine-core 7 in headless Chrome: the same spec files as in Node, but for those named *.node.spec.ts, and with
// those named *.browser.spec.ts.
//   karma start                      one run
//   karma start --zone               spec/angular alone in a page with zone.js, and with those named *.zone.spec.ts
//   karma start --built              the specs on the built package, not on src
//   GREP=pausable karma start        a part
//   karma start --no-single-run --auto-watch
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { chrome, chromeFlags } from './spec/support/chrome.js';

const require = createRequire(import.meta.url);
const root = import.meta.dirname;
const outfile = path.join(root, 'node_modules/.cache/karma/specs.js');

const withZone = process.argv.includes('--zone');
const isBuilt = process.argv.includes('--built');

function specFiles() {
  const otherPlace = withZone ? /\.node\.spec\.ts$/ : /\.(node|zone|app)\.spec\.ts$/;
  return readdirSync(path.join(root, withZone ? 'spec/angular' : 'spec'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.spec.ts') && entry.name.search(otherPlace) === -1)
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** All spec files as one virtual module; new files are seen in watch mode through watchDirs. */
const specs = {
  name: 'specs',
  setup(build) {
    build.onResolve({ filter: /^virtual:specs$/ }, () => ({ path: 'specs', namespace: 'specs' }));
    build.onLoad({ filter: /.*/, namespace: 'specs' }, () => ({
      contents: specFiles()
        .map((file) => `import ${JSON.stringify(file)};`)
        .join('\n'),
      resolveDir: root,
      watchDirs: [path.join(root, 'spec')],
    }));
  },
};

/** One plain closing line. */
function Tally() {
  this.onRunComplete = (_browsers, { success, failed, skipped }) => {
    process.stdout.write(
      `\nbrowser${withZone ? ' with zone.js' : ''}${isBuilt ? ' on the built package' : ''}: ${success} passed, ${failed} failed, ${skipped ?? 0} skipped\n`,
    );
  };
}

const plugins = {
  'reporter:tally': ['type', Tally],
  // karma-jasmine 5.1 can only boot jasmine-core up to 6; jasmine-core 7 boots itself, so its adapter alone is loaded
  'framework:jasmine7': [
    'factory',
    Object.assign(
      (files) => {
        const jasmineCore = path.join(path.dirname(require.resolve('jasmine-core')), 'jasmine-core/jasmine.js');
        for (const file of ['karma-jasmine/lib/adapter.js', jasmineCore]) {
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
    stdin: { contents: `${withZone ? "import './spec/support/zone-testing.ts';" : ''}import 'virtual:specs';`, resolveDir: root },
    bundle: true,
    // our own sideEffects: false would drop the specs
    ignoreAnnotations: true,
    conditions: isBuilt ? [] : ['extended-scheduler:source'],
    format: 'iife',
    target: 'es2022',
    platform: 'browser',
    sourcemap: 'linked',
    outfile,
    logLevel: 'warning',
    plugins: [specs],
  });
  await build.rebuild(); // a build error rejects: karma stops with exit code 1
  const watch = process.argv.includes('--no-single-run');
  await (watch ? build.watch() : build.dispose());

  config.set({
    frameworks: ['jasmine7'],
    plugins: ['karma-chrome-launcher', plugins],
    files: [{ pattern: outfile, watched: true }],
    preprocessors: { [outfile]: ['sourcemap'] },
    browsers: ['Chromium'],
    customLaunchers: {
      Chromium: {
        base: 'ChromeHeadless',
        flags: chromeFlags,
      },
    },
    reporters: ['dots', 'tally'],
    client: {
      args: process.env.GREP ? [`--grep=${process.env.GREP}`] : [],
      jasmine: { random: true, failSpecWithNoExpectations: true },
    },
    failOnEmptyTestSuite: true,
    singleRun: true,
    autoWatch: false,
  });
};
