import { createRequire } from 'node:module';
import path from 'node:path';
import { runInThisContext } from 'node:vm';
import * as esbuild from 'esbuild';
import * as one from 'extended-scheduler';

type Package = typeof one;

const root = path.join(import.meta.dirname, '../..');

/** Another copy of the package in this process, as a tool makes one that loads it by `import` here and by `require` there. */
async function anotherCopy(): Promise<Package> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [path.join(root, 'src/index.ts')],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    packages: 'external',
    write: false,
  });
  const module = { exports: {} };
  const load = runInThisContext(`(module, exports, require) => {${outputFiles[0]?.text ?? ''}\n}`) as (...args: unknown[]) => void;
  load(module, module.exports, createRequire(import.meta.url));
  return module.exports as Package;
}

function errorOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('two copies of the package in one process', () => {
  let two: Package;

  beforeAll(async () => {
    two = await anotherCopy();
    expect(two.Scheduler).not.toBe(one.Scheduler);
  });

  it('know each other’s triggers', async () => {
    const scheduler = new one.Scheduler({ logger: false });
    scheduler.addJob('theirs', two.intervalTrigger(20), () => undefined);
    expect(scheduler.getJobStatus('theirs')?.triggerType).toBe('interval');
    expect(scheduler.getJobStatus('theirs')?.nextRunTime).not.toBeNull();
    expect(one.nextFireTimes(two.cronTrigger('0 0 * * *'), { from: 0, count: 1 })).toEqual([86_400_000]);
    await scheduler.shutdown();
  });

  it('carry all jobs on one timer', () => {
    expect(new one.Scheduler().clock).toBe(new two.Scheduler().clock);
    expect(new one.Scheduler({ clock: new two.Scheduler().clock }).clock).toBe(new two.Scheduler().clock);
  });

  it('share the queue of a clock of the user’s', () => {
    const clock = { now: () => 0, setTimer: () => () => undefined };
    expect(new one.Scheduler({ clock }).clock).toBe(new two.Scheduler({ clock }).clock);
  });

  it('take the same functions for the machine’s, though one was loaded under faked timers', async () => {
    jasmine.clock().install().mockDate();
    const late = await anotherCopy().finally(() => {
      jasmine.clock().uninstall();
    });
    expect(new late.Scheduler().clock).toBe(new one.Scheduler().clock);
  });

  it('know each other’s errors by instanceof', () => {
    const cron = errorOf(() => two.cronTrigger('* * *'));
    const zone = errorOf(() => two.cronTrigger('* * * * *', { timezone: 'Nowhere' }));
    const trigger = errorOf(() => two.intervalTrigger(0));
    expect(cron instanceof one.InvalidCronError).toBeTrue();
    expect(zone instanceof one.InvalidTimezoneError).toBeTrue();
    expect(zone instanceof one.InvalidOptionError).toBeTrue();
    expect(trigger instanceof one.InvalidTriggerError).toBeTrue();
    expect(trigger instanceof one.InvalidOptionError).toBeFalse();
    expect(cron instanceof one.InvalidTimezoneError).toBeFalse();
  });

  it('take no other value for an error of theirs', () => {
    class Mine extends one.InvalidOptionError {}
    const theirs = errorOf(() => two.intervalTrigger(5, { maxRuns: 0 }));
    expect(theirs instanceof one.InvalidOptionError).toBeTrue();
    expect(theirs instanceof Mine).toBeFalse();
    expect(new Mine('here', 1, '2') instanceof Mine).toBeTrue();
    expect(new Mine('here', 1, '2') instanceof one.InvalidOptionError).toBeTrue();
    expect(new Mine('here', 1, '2') instanceof two.InvalidOptionError).toBeTrue();
    for (const value of [null, undefined, 'InvalidOptionError', { name: 'InvalidOptionError' }, new Error('x'), Object.create(null)])
      expect(value instanceof one.InvalidOptionError).toBeFalse();
  });

  it('take each other’s schedulers in scheduledJob', async () => {
    const scheduler = new two.Scheduler({ logger: false });
    const job = one.scheduledJob(scheduler as never, 'task', one.intervalTrigger(1000))(() => undefined);
    expect(typeof job).toBe('function');
    expect(scheduler.listJobs()).toEqual(['task']);
    await scheduler.shutdown();
  });
});
