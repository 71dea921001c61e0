import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import FakeTimers from '@sinonjs/fake-timers';
import { Scheduler } from 'extended-scheduler';
import { wait } from '../support/waiting.js';

const run = promisify(execFile);

describe('faked timers of test tools', () => {
  // what sinon, vitest and jest put in place of the machine's
  it('of @sinonjs/fake-timers: jobs run in faked time, promises settle, and real jobs go on unharmed', async () => {
    const real = new Scheduler({ logger: false });
    let realRuns = 0;
    real.addIntervalJob('real', 10, () => realRuns++);
    const clock = FakeTimers.install({ now: Date.UTC(2026, 2, 8, 6), toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    try {
      const scheduler = new Scheduler({ logger: false });
      scheduler.addIntervalJob('async', 1000, async () => Promise.resolve());
      scheduler.addCronJob('nightly', '30 2 * * *', () => 1, { timezone: 'America/New_York' });
      await clock.tickAsync(2 * 3_600_000);
      expect(scheduler.getJobStatus('async')?.outcomes.succeeded).toBe(7200);
      expect(scheduler.getJobStatus('nightly')?.lastRun?.scheduledAt).toBe(Date.UTC(2026, 2, 8, 7));
      await scheduler.shutdown();
    } finally {
      clock.uninstall();
    }
    await wait(100);
    expect(realRuns).toBeGreaterThan(3);
    await real.shutdown();
  }, 20_000);

  it('of @sinonjs/fake-timers: runToLast and runAll run a job that is far away, since nothing is set but the timer for it', async () => {
    const start = Date.UTC(2026, 2, 8, 6);
    const clock = FakeTimers.install({ now: start, toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    try {
      const scheduler = new Scheduler({ logger: false });
      const ran: number[] = [];
      scheduler.addOneTimeJob('five minutes', start + 5 * 60_000, () => ran.push(clock.now - start));
      expect(clock.countTimers()).toBe(1);
      clock.runToLast();
      expect(ran).toEqual([5 * 60_000]);
      scheduler.addOneTimeJob('ten hours', start + 10 * 3_600_000, () => ran.push(clock.now - start));
      scheduler.addOneTimeJob('forty days', start + 40 * 86_400_000, () => ran.push(clock.now - start));
      clock.runAll();
      expect(ran).toEqual([5 * 60_000, 10 * 3_600_000, 40 * 86_400_000]);
      await scheduler.shutdown();
    } finally {
      clock.uninstall();
    }
  });

  it('of @sinonjs/fake-timers, without a faked Date or loaded before the package: known by their mark', () => {
    const clock = FakeTimers.install({ now: 0, toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const scheduler = new Scheduler({ logger: false });
      scheduler.addOneTimeJob('a', Date.now() + 5 * 60_000, () => undefined);
      expect(clock.countTimers()).toBe(1);
      clock.next();
      expect(clock.now).toBeGreaterThan(4 * 60_000); // not the 30 s after which a machine is looked at
      void scheduler.shutdown();
    } finally {
      clock.uninstall();
    }
  });

  it("of zone.js, which Angular's fakeAsync is: the same", async () => {
    const script = path.join(import.meta.dirname, '../support/in-fake-async.ts');
    const { stdout } = await run(process.execPath, ['--import', 'tsx', '--conditions', 'extended-scheduler:source', script]);
    expect(JSON.parse(stdout)).toEqual({
      async: 120,
      cron: jasmine.any(Number),
      realInside: 0,
      flushed: [300_000, 36_000_000],
      realAfter: true,
    });
    expect((JSON.parse(stdout) as { cron: number }).cron).toBe(2);
  }, 20_000);
});
