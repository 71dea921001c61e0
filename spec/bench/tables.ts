// Puts the figures of a full run into docs/benchmarks.md, between the marks `<!-- bench CELL PLACE -->` and `<!-- end -->`.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Figures } from './cells.js';

/** One line of the results file. */
export interface Result {
  readonly place: 'node' | 'chrome';
  readonly cell: string;
  readonly title: string;
  readonly subject: string;
  readonly size: number;
  readonly figures: Figures;
  readonly ratio?: number;
}

/** A number as a reader wants it: three digits, no more. */
export function short(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '';
  if (value >= 1000) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(value < 10 ? 2 : 3)));
}

/** What a figure is called in a table. */
const HEADINGS: Readonly<Record<string, string>> = {
  cpuUsPerFire: 'CPU a fire, µs',
  lostPercent: 'lost, %',
  p50Ms: 'p50, ms',
  p99Ms: 'p99, ms',
  longestGapMs: 'longest gap, ms',
  fires: 'fires',
  addUs: 'add, µs',
  removeUs: 'remove, µs',
  heapBytesPerJob: 'heap a job, bytes',
  knownUs: 'known expression, µs',
  newUs: 'new expression, µs',
  pausePerSecond: 'pause /s',
  resumePerSecond: 'resume /s',
  statusPerSecond: 'status /s',
  allStatusesMs: 'all statuses, ms',
  removePerSecond: 'remove /s',
  cpuPercentWithout: 'CPU without, %',
  cpuPercentWith: 'CPU with, %',
  picturesPerSecond: 'pictures /s',
  cpuMsPerSecond: 'CPU, ms a second',
  offGridMs: 'off the grid at the end, ms',
  intervalMs: 'interval, ms',
  cronMs: 'cron, ms',
  syncYearMs: 'promises: false, ms',
  promisesYearMs: 'with promises, ms',
  promisesUsPerFire: 'with promises, µs a fire',
  comingMs: 'ms',
  asyncYearMs: 'a year of a minutely async job, ms',
  hourUsPerFire: '10,000 jobs for an hour, µs a fire',
  fiftyCronJobsYearMs: '50 cron jobs for a year, ms',
  gzipKB: 'kB',
};

function table(results: readonly Result[]): string {
  const names = [...new Set(results.flatMap(({ figures }) => Object.keys(figures)))];
  const withRatio = results.some(({ ratio }) => ratio !== undefined);
  const withSize = results.some(({ size }) => size > 1);
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const head = [...(withSize ? ['jobs'] : []), '', ...names.map((name) => HEADINGS[name] ?? name), ...(withRatio ? ['×'] : [])];
  const lines = results.map(({ size, subject, figures, ratio }) =>
    row([
      ...(withSize ? [size.toLocaleString('en')] : []),
      subject,
      ...names.map((name) => short(figures[name])),
      ...(withRatio ? [short(ratio)] : []),
    ]),
  );
  return [row(head), row(head.map(() => '---')), ...lines].join('\n');
}

/** Rewrites the tables of the page; the text between them is written by hand. */
export function writeTables(file: string): void {
  const { machine, results } = JSON.parse(readFileSync(file, 'utf8')) as { machine: Record<string, unknown>; results: readonly Result[] };
  const page = path.join(import.meta.dirname, '../../docs/benchmarks.md');
  const written = readFileSync(page, 'utf8').replace(
    /<!-- bench (\w+) ?(\w*) -->[^]*?<!-- end -->/g,
    (_whole, cell: string, place: string) => {
      const mark = `<!-- bench ${cell}${place === '' ? '' : ` ${place}`} -->`;
      if (cell === 'machine')
        return `${mark}\n\nNode ${String(machine.node)}, ${String(machine.cores)} cores of an ${String(machine.cpu)}, ${String(machine.at).slice(0, 10)}.\n\n<!-- end -->`;
      const own = results.filter((result) => result.cell === cell && result.place === place);
      return `${mark}\n\n${table(own)}\n\n<!-- end -->`;
    },
  );
  writeFileSync(page, written);
}
