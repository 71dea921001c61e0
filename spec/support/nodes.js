// The built package on each version of Node: it loads by import and by require as one copy, and what an import costs stays near what
// importing RxJS alone costs. Times and memory are medians of fresh processes, taken in turns; the limits are ratios to RxJS.
//   npm run test:nodes                checks and measures
//   npm run test:nodes -- FOLDER      measures also the package in FOLDER, an older checkout that was built, say
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { nodes } from './node-versions.js';

const root = path.join(import.meta.dirname, '../..');
const older = process.argv[2];
const ROUNDS = 11;
const MB = 2 ** 20;

/** What is imported, what its cost is compared with, and the most that it may cost: times the time, plus the memory. */
const imports = [
  { name: 'rxjs', least: 'rxjs' },
  { name: '@angular/core', least: '@angular/core' },
  { name: 'extended-scheduler/core', least: 'rxjs', times: 1.6, plusMb: 12 },
  { name: 'extended-scheduler', least: 'rxjs', times: 1.7, plusMb: 15 },
  { name: 'extended-scheduler/testing', least: 'rxjs', times: 1.7, plusMb: 15 },
  { name: 'extended-scheduler/angular', least: '@angular/core', times: 1.8, plusMb: 15 },
];

function run(bin, code, cwd = root) {
  const { status, stdout, stderr } = spawnSync(bin, ['--input-type=module', '-e', code], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${bin}: ${stderr}`);
  return JSON.parse(stdout);
}

function costOf(bin, name, cwd) {
  return run(
    bin,
    `const start = performance.now();
    await import(${JSON.stringify(name)});
    console.log(JSON.stringify({ ms: performance.now() - start, bytes: process.memoryUsage().rss }));`,
    cwd,
  );
}

/** What both ways of loading give, whether it is the same copy, and whether it works. */
function loads(bin) {
  return run(
    bin,
    `import { createRequire } from 'node:module';
    const require = createRequire(process.cwd() + '/x.js');
    const names = ['extended-scheduler', 'extended-scheduler/core', 'extended-scheduler/testing', 'extended-scheduler/angular'];
    const copies = [];
    for (const name of names) {
      const [imported, required] = [await import(name), require(name)];
      copies.push([name, Object.keys(imported).length > 0 && Object.keys(imported).every((key) => imported[key] === required[key])]);
    }
    const { cronTrigger, nextFireTimes } = require('extended-scheduler');
    const fires = nextFireTimes(cronTrigger('30 2 * * *', { timezone: 'America/New_York' }), { from: Date.UTC(2026, 2, 8), count: 2 });
    console.log(JSON.stringify({ copies, fires }));`,
  );
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

function measure(bin) {
  const cases = imports.map((entry) => ({ ...entry, cwd: root, label: entry.name }));
  if (older !== undefined)
    cases.push({ name: 'extended-scheduler', least: 'rxjs', cwd: path.resolve(older), label: 'extended-scheduler, older' });
  const costs = cases.map(() => []);
  for (let round = 0; round < ROUNDS; round++) cases.forEach(({ name, cwd }, index) => costs[index].push(costOf(bin, name, cwd)));
  return cases.map((entry, index) => ({
    ...entry,
    ms: median(costs[index].map(({ ms }) => ms)),
    mb: median(costs[index].map(({ bytes }) => bytes)) / MB,
  }));
}

const problems = [];
for (const { version, bin } of nodes()) {
  const { copies, fires } = loads(bin);
  for (const [name, same] of copies) if (!same) problems.push(`Node ${version}: ${name} is two copies for import and require`);
  // New York jumps at 07:00 UTC on 8 March; the day after, half past two is 06:30 UTC
  if (fires.join() !== `${Date.UTC(2026, 2, 8, 7)},${Date.UTC(2026, 2, 9, 6, 30)}`)
    problems.push(`Node ${version}: cron fires at ${fires}`);
  console.log(`\nNode ${version}: import and require load one copy of each entry point`);
  const measured = measure(bin);
  for (const { label, least, times, plusMb, ms, mb } of measured) {
    const base = measured.find((entry) => entry.label === least);
    const ratio = ms / base.ms;
    const extra = mb - base.mb;
    console.log(
      `  ${label.padEnd(28)} ${ms.toFixed(0).padStart(5)} ms ${mb.toFixed(0).padStart(4)} MB   x ${ratio.toFixed(2)} +${extra.toFixed(0)} MB of ${least}`,
    );
    if (ratio > times) problems.push(`Node ${version}: ${label} takes ${ratio.toFixed(2)} times the import of ${least}, allowed ${times}`);
    if (extra > plusMb) problems.push(`Node ${version}: ${label} takes ${extra.toFixed(0)} MB more than ${least}, allowed ${plusMb}`);
  }
}
for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
