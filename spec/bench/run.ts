// `npm run bench` measures everything, here and in Chrome; `npm run bench -- --quick` a part in under two minutes. `-- --only firing`
// takes one cell, `-- --place chrome` (or node) one place; the figures of the others are kept. Tables go to the console and, of a full
// run, to docs/benchmarks.md; all figures to a JSON file beside this one.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { build } from 'esbuild';
import type { Figures } from './cells.js';
import { inChrome } from './chrome.js';
import type { Row } from './plan.js';
import { plan } from './plan.js';
import { sizes } from './sizes.js';
import type { Result } from './tables.js';
import { short, writeTables } from './tables.js';

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, place: { type: 'string' }, only: { type: 'string' } },
});
const quick = values.quick === true;
const run = promisify(execFile);
const cache = path.join(import.meta.dirname, '../../node_modules/.cache/bench');

async function bundle(entry: string, platform: 'node' | 'browser'): Promise<string> {
  const outfile = path.join(cache, entry.replace('.ts', '.mjs'));
  await build({
    entryPoints: [path.join(import.meta.dirname, entry)],
    outfile,
    bundle: true,
    platform,
    format: 'esm',
    target: 'es2022',
    conditions: ['extended-scheduler:source'],
    external: platform === 'node' ? ['rxjs', 'croner', 'toad-scheduler', 'node-cron', 'cron', 'node-schedule', 'cron-schedule'] : [],
    logLevel: 'error',
  });
  return outfile;
}

async function measure(place: Result['place'], script: string, row: Row): Promise<void> {
  for (const size of quick ? row.quickSizes : row.sizes) {
    const measured: { subject: string; figures: Figures }[] = [];
    for (const subject of subjectsOf(row)) {
      process.stderr.write(`${place} ${row.cell} ${String(size)} ${subject}\n`);
      let figures: Figures;
      if (place === 'chrome') figures = await inChrome(script, row.cell, subject, size, quick);
      else {
        const args = ['--expose-gc', script, row.cell, subject, String(size), quick ? 'quick' : ''];
        try {
          const { stdout } = await run(process.execPath, args, { timeout: 180_000, maxBuffer: 1e7 });
          figures = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Figures;
        } catch (error) {
          process.stderr.write(`${String(error).slice(0, 500)}\n`);
          figures = {}; // a peer that did not get through is listed without figures
        }
      }
      measured.push({ subject, figures });
    }
    const { figure = '', to = '' } = row.ratio ?? {};
    const base = measured.find(({ subject }) => subject === to)?.figures[figure] ?? NaN;
    const { cell, title } = row;
    save(
      measured.map(({ subject, figures }) => {
        const ratio = (figures[figure] ?? NaN) / base;
        return { place, cell, title, subject, size, figures, ...(!Number.isNaN(ratio) && { ratio }) };
      }),
    );
    print(`${row.title}, ${place}, ${String(size)} job${size === 1 ? '' : 's'}`, measured, figure, base);
  }
}

/** Puts results in the place of those of an earlier run. */
function save(results: readonly Result[]): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const earlier = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { results: Result[] }).results : [];
  const same = (a: Result, b: Result): boolean =>
    a.place === b.place && a.title === b.title && a.size === b.size && a.subject === b.subject;
  const kept = earlier.filter((one) => !results.some((other) => same(one, other)));
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, at: new Date().toISOString() };
  writeFileSync(file, `${JSON.stringify({ machine, results: [...kept, ...results] }, null, 1)}\n`);
}

function print(title: string, measured: readonly { subject: string; figures: Figures }[], figure: string, base: number): void {
  console.log(`\n${title}`);
  for (const { subject, figures } of measured) {
    const told = Object.entries(figures).map(([name, value]) => `${name} ${short(value)}`);
    const ratio = Number.isNaN(base) ? '' : `  × ${short((figures[figure] ?? NaN) / base)}`;
    console.log(`  ${subject.padEnd(26)} ${told.join('  ')}${ratio}`);
  }
}

const nodeScript = await bundle('cell.ts', 'node');
const pageScript = await bundle('page.ts', 'browser');
const file = path.join(import.meta.dirname, 'results', quick ? 'quick.json' : 'full.json');
const rows = plan.filter(({ cell }) => values.only === undefined || cell === values.only);
const subjectsOf = (row: Row): readonly string[] => (quick ? (row.quickSubjects ?? row.subjects) : row.subjects);
if (values.place !== 'chrome') for (const row of rows) await measure('node', nodeScript, row);
if (values.place !== 'node' && !quick) for (const row of rows) if (row.inChrome === true) await measure('chrome', pageScript, row);
if (values.place !== 'chrome' && (values.only === undefined || values.only === 'sizes')) {
  const weights = Object.entries(await sizes());
  const measured = weights.map(([subject, figures]) => ({ subject, figures }));
  print('Bundle, minified and gzipped, without rxjs', measured, '', NaN);
  save(measured.map(({ subject, figures }) => ({ place: 'node', cell: 'sizes', title: 'bundle', subject, size: 1, figures })));
}
if (!quick) writeTables(file);
console.log(`\n${file}`);
