// What the built package weighs in an app: minified and gzipped, rxjs not counted.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Figures } from './cells.js';

const entries: Readonly<Record<string, string>> = {
  'registry + interval': "export { JobRegistry, intervalTrigger } from 'extended-scheduler';",
  'registry + interval + cron': "export { JobRegistry, intervalTrigger, cronTrigger } from 'extended-scheduler';",
  'intervalTrigger alone': "export { intervalTrigger } from 'extended-scheduler';",
  'cronTrigger alone': "export { cronTrigger } from 'extended-scheduler';",
  'all but cron': "export * from 'extended-scheduler/core';",
  everything: "export * from 'extended-scheduler';",
  croner: "export { Cron } from 'croner';",
  'node-cron': "export { createTask } from 'node-cron';",
  cron: "export { CronJob } from 'cron';",
  'toad-scheduler': "export { ToadScheduler, SimpleIntervalJob } from 'toad-scheduler';",
};

export async function sizes(): Promise<Readonly<Record<string, Figures>>> {
  execFileSync(process.execPath, [path.join(import.meta.dirname, '../support/build.js')]);
  const measured: Record<string, Figures> = {};
  for (const [name, contents] of Object.entries(entries)) {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: import.meta.dirname },
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
      external: ['rxjs', 'node:*', 'crypto', 'child_process', 'path', 'url', 'events', 'timers', 'fs'],
      target: 'es2022',
      logLevel: 'error',
    });
    measured[name] = { gzipKB: gzipSync(outputFiles[0]?.contents ?? '').length / 1000 };
  }
  return measured;
}
