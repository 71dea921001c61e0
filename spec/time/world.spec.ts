import type { Fire } from 'extended-scheduler';
import {
  cronTrigger,
  customTrigger,
  intervalTrigger,
  oneTimeTrigger,
  Scheduler,
  schedulerClock,
  timestampTrigger,
} from 'extended-scheduler';
import { map, VirtualTimeScheduler } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { timersOf, timersWithin } from '../../src/time/world.js';
import { wait } from '../support/waiting.js';

function testScheduler(): TestScheduler {
  return new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  });
}

const index = map((fire: Fire) => String(fire.index));

describe('the world', () => {
  it('is virtual inside TestScheduler.run(), for every trigger and without an option', () => {
    testScheduler().run(({ expectObservable }) => {
      expectObservable(intervalTrigger(20, { maxRuns: 3 }).pipe(index)).toBe('20ms 0 19ms 1 19ms (2|)');
      expectObservable(timestampTrigger([0, 5, 30]).pipe(index)).toBe('0 4ms 1 24ms (2|)');
      expectObservable(oneTimeTrigger(50).pipe(index)).toBe('50ms (0|)');
      expectObservable(cronTrigger('*/10 * * * * *', { maxRuns: 2 }).pipe(index)).toBe('10s 0 9999ms (1|)');
      expectObservable(customTrigger({ next: (after) => after + 7 }, { maxRuns: 2 }).pipe(index)).toBe('7ms 0 6ms (1|)');
    });
  });

  it('is virtual there for a whole scheduler, made inside', () => {
    testScheduler().run(({ expectObservable, flush }) => {
      const scheduler = new Scheduler({ logger: false });
      scheduler.addIntervalJob('tick', 100, (run) => run.fire.index, { maxRuns: 2 });
      expectObservable(scheduler.values$('tick')).toBe('100ms (a) 97ms b', { a: 0, b: 1 });
      flush();
      expect(scheduler.getJobStatus('tick')?.status).toBe('completed');
    });
  });

  it('does not disturb waiting real timers before and after TestScheduler.run()', async () => {
    const scheduler = new Scheduler();
    const runs: number[] = [];
    const start = Date.now();
    scheduler.addOneTimeJob('real', start + 40, () => runs.push(Date.now() - start));
    testScheduler().run(({ expectObservable }) => {
      expectObservable(intervalTrigger(60_000, { maxRuns: 2 }).pipe(index)).toBe('60s 0 59999ms (1|)');
    });
    expect(runs).toEqual([]);
    await wait(120);
    expect(runs.length).toBe(1);
    expect(runs[0]).toBeGreaterThanOrEqual(40);
    await scheduler.shutdown();
  });

  it('does not disturb real timers under jasmine.clock, and fakes what is created inside', async () => {
    const real = new Scheduler();
    const realRuns: number[] = [];
    real.addOneTimeJob('real', Date.now() + 40, () => realRuns.push(1));
    jasmine.clock().install();
    jasmine.clock().mockDate(new Date('2026-01-01T00:00:00Z'));
    const faked = new Scheduler();
    const fakedRuns: string[] = [];
    faked.addCronJob('hourly', '@hourly', (run) => fakedRuns.push(new Date(run.fire.scheduledAt).toISOString()));
    jasmine.clock().tick(2 * 3_600_000);
    jasmine.clock().uninstall();
    expect(fakedRuns).toEqual(['2026-01-01T01:00:00.000Z', '2026-01-01T02:00:00.000Z']);
    expect(realRuns).toEqual([]);
    await wait(120);
    expect(realRuns).toEqual([1]);
    await real.shutdown();
  });

  it('runs elapsed jobs under jasmine.clock without a mocked Date as well', () => {
    jasmine.clock().install();
    try {
      const runs: number[] = [];
      const scheduler = new Scheduler();
      scheduler.addIntervalJob('tick', 1000, (run) => runs.push(run.fire.index));
      jasmine.clock().tick(1000);
      jasmine.clock().tick(1000);
      expect(runs).toEqual([0, 1]);
      void scheduler.shutdown();
    } finally {
      jasmine.clock().uninstall();
    }
  });

  it('shares one queue among all that run on the same clock', () => {
    const clock = schedulerClock(new VirtualTimeScheduler());
    expect(timersOf(clock)).toBe(timersOf(clock));
    expect(timersOf()).toBe(timersOf());
    expect(timersOf(timersOf())).toBe(timersOf());
  });

  it('creates a new queue for slack or a region', () => {
    const clock = schedulerClock(new VirtualTimeScheduler());
    for (const given of [undefined, clock]) {
      const own = timersOf(given, 10);
      expect([own === timersOf(given), own === timersOf(given, 10), own.slackMs]).toEqual([false, false, 10]);
    }
    let entered = 0;
    const within = timersWithin((work) => {
      entered++;
      return work();
    });
    expect(within).not.toBe(timersOf());
    const cancel = within.setTimer(within.now() + 100_000, () => undefined);
    expect(entered).toBe(1);
    cancel();
  });

  it('accepts any RxJS scheduler as a clock', () => {
    const virtual = new VirtualTimeScheduler();
    const scheduler = new Scheduler({ clock: schedulerClock(virtual) });
    const at: number[] = [];
    scheduler.addIntervalJob('tick', 1000, () => at.push(virtual.now()), { maxRuns: 3 });
    virtual.flush();
    expect(at).toEqual([1000, 2000, 3000]);
  });
});
