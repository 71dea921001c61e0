// Packs the library, installs the tarball in an empty project as a user would, compiles strictly against it
// (`lib: ["ES2022", "DOM"]`, no skipLibCheck), with standard and with legacy decorators and the testing door, and runs the result.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');
const project = mkdtempSync(path.join(tmpdir(), 'consumer-'));
const run = (command, args, cwd) => execFileSync(command, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });

const consumer = (decorated) => `
import { Scheduler, intervalTrigger, scheduledJob } from 'extended-scheduler';
import type { JobStatus } from 'extended-scheduler';

const lines: string[] = [];
const scheduler = new Scheduler();
scheduler.addIntervalJob('greet', { milliseconds: 5 }, (name: string) => lines.push(name), { args: ['Ada'], maxRuns: 1 });
${decorated}
scheduler.status$('greet').subscribe((status: JobStatus | null) => {
  if (status?.status !== 'completed') return;
  setTimeout(() => { console.log(lines.join()); void scheduler.shutdown(); }, 50);
});
`;
const standard = `class Service { name = 'instance'; @scheduledJob(scheduler, 'task', intervalTrigger(5), { maxRuns: 1 }) task(): void { lines.push(this.name); } }\nnew Service();`;
const legacy = `class Service { static label = 'static'; @scheduledJob(scheduler, 'task', intervalTrigger(5), { maxRuns: 1 }) static task(): void { lines.push(this.label); } }\nvoid Service;`;

const tests = `
import { cronTrigger, nextFireTimes } from 'extended-scheduler';
import { VirtualClock, marbles, simulate, timeline } from 'extended-scheduler/testing';

const clock = new VirtualClock(0);
cronTrigger('* * * * *', { clock, maxRuns: 1 }).subscribe();
await clock.runAll();
const { events, jobs } = await simulate((scheduler) => scheduler.addIntervalJob('tick', 1000, async () => 1), { from: 0, to: 3000 });
marbles(({ origin }) => origin, { assert: () => undefined });
console.log(clock.now(), jobs.get('tick')?.fires, timeline(events, { width: 4 }), nextFireTimes(cronTrigger('@daily'), { from: 0, count: 1 }));
`;

try {
  run('npm', ['pack', '--pack-destination', project, '--silent'], root);
  const tarball = readdirSync(project).find((file) => file.endsWith('.tgz'));
  mkdirSync(path.join(project, 'node_modules/extended-scheduler'), { recursive: true });
  run('tar', ['-xzf', tarball, '-C', 'node_modules/extended-scheduler', '--strip-components=1'], project);
  // what npm would install beside it
  for (const name of ['cron-parser', 'date-fns', 'date-fns-tz', 'luxon', 'tslib'])
    symlinkSync(path.join(root, 'node_modules', name), path.join(project, 'node_modules', name));
  cpSync(path.join(root, 'node_modules/rxjs'), path.join(project, 'node_modules/rxjs'), { recursive: true });
  writeFileSync(path.join(project, 'package.json'), JSON.stringify({ type: 'module' }));
  for (const [name, source, experimentalDecorators] of [
    ['standard', consumer(standard), false],
    ['legacy', consumer(legacy), true],
    ['testing', tests, false],
  ]) {
    writeFileSync(path.join(project, `${name}.ts`), source);
    writeFileSync(
      path.join(project, `${name}.json`),
      JSON.stringify({
        compilerOptions: {
          target: 'ES2022',
          lib: ['ES2022', 'DOM'],
          module: 'NodeNext',
          strict: true,
          skipLibCheck: false,
          types: [],
          experimentalDecorators,
        },
        files: [`${name}.ts`],
      }),
    );
    run(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', `${name}.json`], project);
    const printed = run(process.execPath, [`${name}.js`], project)
      .trim()
      .split(',')
      .sort()
      .join();
    const expected = { standard: 'Ada,instance', legacy: 'Ada,static', testing: '60000 3 tick  ||| [ 86400000 ]' }[name];
    if (printed !== expected) throw new Error(`${name}: expected ${expected}, got ${printed}`);
    console.log(`consumer, ${name}: compiles and runs`);
  }
} finally {
  rmSync(project, { recursive: true, force: true });
}
