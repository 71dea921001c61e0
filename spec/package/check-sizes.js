// How large the built package is in somebody's bundle, minified and gzipped, with its peers left out, and as it is installed. Each
// figure has a budget, which is a little more than it is.
//   node spec/package/check-sizes.js             checks
//   node spec/package/check-sizes.js FOLDER      measures also the package in FOLDER, an older checkout that was built, say
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';

const root = path.join(import.meta.dirname, '../..');
const older = process.argv[2];

/** What is imported, and how many bytes it may have, gzipped. */
const bundles = [
  ["{ intervalTrigger } from 'extended-scheduler'", 10_400],
  ["{ JobRegistry, intervalTrigger } from 'extended-scheduler'", 24_200],
  ["{ cronTrigger } from 'extended-scheduler'", 21_900],
  ["{ Scheduler } from 'extended-scheduler'", 38_100],
  ["* from 'extended-scheduler/core'", 28_100],
  ["* from 'extended-scheduler'", 41_500],
  ["* from 'extended-scheduler/testing'", 42_600],
  ["* from 'extended-scheduler/angular'", 42_000],
];
const INSTALLED = 2_300_000;

async function gzipped(what, folder) {
  try {
    const { outputFiles } = await esbuild.build({
      stdin: { contents: `export ${what};`, resolveDir: folder },
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      external: ['rxjs', '@angular/core'],
      write: false,
      logLevel: 'silent',
    });
    return gzipSync(outputFiles[0].contents, { level: 9 }).length;
  } catch {
    return NaN; // an older package has no such entry point
  }
}

function installed() {
  const [{ unpackedSize }] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], { cwd: root, encoding: 'utf8' }),
  );
  return unpackedSize;
}

let isTooLarge = false;
function check(what, bytes, budget, before = '') {
  if (!(bytes <= budget)) isTooLarge = true;
  const text = `${what.padEnd(60)} ${(bytes / 1000).toFixed(1).padStart(7)} kB, budget ${(budget / 1000).toFixed(1)}${before}`;
  console.log(bytes <= budget ? text : `${text}   TOO LARGE`);
}

for (const [what, budget] of bundles) {
  const before = older === undefined ? '' : `, older ${((await gzipped(what, path.resolve(older))) / 1000).toFixed(1)}`;
  check(what, await gzipped(what, root), budget, before);
}
check('installed', installed(), INSTALLED);
process.exit(isTooLarge ? 1 : 0);
