import { Scheduler } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { Subject } from 'rxjs';
import { CapturedLog } from '../support/captured.js';

const never = (): Promise<never> => new Promise(() => undefined);

describe('shutdown', () => {
  let clock: VirtualClock;
  let logger: CapturedLog;
  let scheduler: Scheduler;
  const warnings = (): string[] => logger.lines.filter((line) => line.startsWith('warn'));

  beforeEach(() => {
    clock = new VirtualClock(0);
    logger = new CapturedLog();
    scheduler = new Scheduler({ clock, logger });
  });

  it('returns which jobs were drained and which were cancelled, with a warning for each cancelled one', async () => {
    const run = new Subject<void>();
    scheduler.addIntervalJob('hung', 100, never, { overlap: 'allow' });
    scheduler.addIntervalJob('quick', 100, () => run, { maxRuns: 1 });
    scheduler.addIntervalJob('idle', 1000, () => undefined);
    await clock.advanceBy(250);
    const result = scheduler.shutdown({ drain: true, timeout: { seconds: 5 } });
    await clock.advanceBy(1000);
    run.complete();
    await clock.advanceBy(4000);
    expect(await result).toEqual({ drained: ['quick'], cancelled: ['hung'] });
    expect(warnings()).toEqual(['warn job "hung": a run did not end in time and was cancelled by the shutdown']);
  });

  it('returns the same result to all callers, and counts a job that another call cancels as cancelled', async () => {
    scheduler.addIntervalJob('a', 100, never);
    scheduler.addIntervalJob('b', 100, never);
    await clock.advanceBy(100);
    const first = scheduler.shutdown({ drain: true });
    scheduler.removeJob('a');
    const second = scheduler.shutdown();
    expect(await first).toEqual({ drained: [], cancelled: ['a', 'b'] });
    expect(await second).toEqual(await first);
    expect(await scheduler.shutdown()).toEqual(await first);
  });

  it('without drain cancels active runs, without a warning', async () => {
    scheduler.addIntervalJob('a', 100, never);
    scheduler.addIntervalJob('idle', 1000, () => undefined);
    await clock.advanceBy(100);
    expect(await scheduler.shutdown()).toEqual({ drained: [], cancelled: ['a'] });
    expect(warnings()).toEqual([]);
  });

  it('of an empty scheduler returns empty lists', async () => {
    expect(await scheduler.shutdown({ drain: true })).toEqual({ drained: [], cancelled: [] });
  });
});
