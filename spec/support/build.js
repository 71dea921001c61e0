// Builds the package into dist: one ES module for each entry point with the chunks that they share, the same files as CommonJS, and
// the types of both. Contained are the parts of cron-parser and date-fns-tz that src/cron uses: see stand-ins/.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';

const root = path.join(import.meta.dirname, '../..');
const dist = path.join(root, 'dist');
const standIn = (name) => path.join(import.meta.dirname, 'stand-ins', name);

/** The entry points, by the name of their file in dist. */
const entryPoints = {
  index: 'src/index.ts',
  core: 'src/core.ts',
  testing: 'src/testing/index.ts',
  angular: 'src/angular/index.ts',
};

/** The packages of which parts are contained, and the file with each one's licence. */
const contained = { 'cron-parser': 'LICENSE', 'date-fns-tz': 'LICENSE.md' };

const shared = {
  absWorkingDir: root,
  bundle: true,
  target: 'es2022',
  sourcemap: true,
  logLevel: 'warning',
};

/** Puts the stand-ins in the place of whole packages, and of what is never used of them. */
const standIns = {
  name: 'stand-ins',
  setup(build) {
    build.onResolve({ filter: /^cron-parser$/ }, () => ({ path: standIn('cron-parser.js') }));
    build.onResolve({ filter: /^date-fns-tz$/ }, () => ({ path: standIn('date-fns-tz.js') }));
    build.onResolve({ filter: /\/CronExpression$/ }, () => ({ path: standIn('cron-expression.cjs') }));
    build.onResolve({ filter: /\/CronDate$/ }, () => ({ path: standIn('cron-date.cjs') }));
  },
};

/** Leaves every import as it is, but for the ending of the package's own files. */
const asCommonJs = {
  name: 'as-commonjs',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ kind, path: file }) => {
      if (kind === 'entry-point') return undefined;
      return { path: file.replace(/^(\..*)\.js$/, '$1.cjs'), external: true };
    });
  },
};

const filesOf = (ending) =>
  readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => path.join(dist, file));

async function buildCode() {
  await esbuild.build({
    ...shared,
    entryPoints,
    outdir: dist,
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    external: ['rxjs', '@angular/core'],
    plugins: [standIns],
  });
  await esbuild.build({
    ...shared,
    entryPoints: filesOf('.js'),
    outbase: dist,
    outdir: dist,
    format: 'cjs',
    platform: 'node', // only this makes the names of the exports readable for those who import the file
    outExtension: { '.js': '.cjs' },
    minifyWhitespace: true, // saves 5 % of the package; the maps lead to src
    plugins: [asCommonJs],
  });
}

/**
 * The types come from tsc. Those that no entry point leads to are left out. Those of the CommonJS files are the same, but import each
 * other by their own ending.
 */
function buildTypes() {
  const types = path.join(dist, 'types');
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', root, '--emitDeclarationOnly', '--outDir', types], { stdio: 'inherit' });
  const specifier = /((?:from|import\()\s*['"])(\.[^'"]*)\.js(['"])/g;
  const used = new Set(Object.values(entryPoints).map((source) => path.join(types, source.replace(/^src\/(.*)\.ts$/, '$1.d.ts'))));
  for (const file of used) {
    const text = readFileSync(file, 'utf8');
    for (const [, , name] of text.matchAll(specifier)) used.add(path.join(path.dirname(file), `${name}.d.ts`));
    writeFileSync(file.replace(/\.ts$/, '.cts'), text.replace(specifier, '$1$2.cjs$3'));
  }
  for (const file of filesOf('.d.ts').filter((file) => !used.has(file))) for (const ending of ['', '.map']) rmSync(file + ending);
}

/** What the licences of the contained packages ask for, with their versions. */
function writeNotice() {
  const parts = Object.entries(contained).map(([name, licence]) => {
    const folder = path.join(root, 'node_modules', name);
    const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    return `${name} ${version}\n\n${readFileSync(path.join(folder, licence), 'utf8').trim()}\n`;
  });
  const heading = 'The files in this folder contain parts of the packages below, under these licences.\n';
  writeFileSync(path.join(dist, 'NOTICE.txt'), [heading, ...parts].join(`\n${'-'.repeat(80)}\n\n`));
}

/** Maps lead to the files of src, which the package holds; only what it does not hold is copied into them. */
function lightenMaps() {
  for (const file of filesOf('js.map')) {
    const map = JSON.parse(readFileSync(file, 'utf8'));
    map.sourcesContent = map.sourcesContent.map((content, index) => (/^(\.\.\/)+src\//.test(map.sources[index]) ? null : content));
    writeFileSync(file, JSON.stringify(map));
  }
}

rmSync(dist, { recursive: true, force: true });
await buildCode();
lightenMaps();
buildTypes();
writeNotice();
