import { Scheduler, cronTrigger, filterTrigger, intervalTrigger, unionTrigger } from 'extended-scheduler';
import { TimerQueue } from '../../src/time/timer-queue.js';
import { EventLog } from '../support/event-log.js';
import { Machine } from '../support/machine.js';
import { ManualClock } from '../support/manual-clock.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a clock that is set back', () => {
  let machine: Machine;
  let scheduler: Scheduler;
  const runs = (jobId: string): number => scheduler.getJobStatus(jobId)?.executionCount ?? NaN;
  const inMinutes = (jobId: string): number =>
    Math.round(((scheduler.getJobStatus(jobId)?.nextRunTime ?? NaN) - scheduler.clock.now()) / 6000) / 10;

  beforeEach(() => {
    machine = new Machine();
    machine.wallOffset = Date.UTC(2026, 0) - machine.steady.now();
    scheduler = new Scheduler({ clock: new TimerQueue(machine), logger: false });
  });

  it('does not stop any job, nor turns elapsed time back', () => {
    for (const byMs of [1000, 2 * MINUTE, HOUR, 4 * HOUR, 24 * HOUR]) {
      scheduler.addIntervalJob(String(byMs), 100, () => undefined);
      machine.steady.advance(1000);
      machine.wallOffset -= byMs;
      machine.steady.advance(1000);
      expect([runs(String(byMs)), scheduler.getJobStatus(String(byMs))?.elapsedTimeMs]).toEqual([20, 2000]);
      scheduler.removeJob(String(byMs));
    }
  });

  it('lets * jobs and wall intervals go on from the new time, filtered and united too', () => {
    scheduler.addCronJob('cron', '* * * * *', () => undefined);
    scheduler.addIntervalJob('wall', MINUTE, () => undefined, { startTime: 0 });
    scheduler.addJob(
      'filtered',
      filterTrigger(cronTrigger('* * * * *'), () => true),
      () => undefined,
    );
    scheduler.addJob('united', unionTrigger(cronTrigger('* * * * *'), intervalTrigger(MINUTE, { startTime: 0 })), () => undefined);
    machine.steady.advance(90_000);
    const before = ['cron', 'wall', 'filtered', 'united'].map(runs);
    machine.wallOffset -= 2 * HOUR;
    machine.steady.advance(10 * MINUTE);
    expect(['cron', 'wall', 'filtered', 'united'].map((jobId, index) => runs(jobId) - (before[index] ?? 0))).toEqual([10, 10, 10, 10]);
  });

  it('does not repeat fixed times for up to 3 h, and begins again beyond', () => {
    scheduler.addCronJob('fixed', '0 0-23 * * *', () => undefined);
    machine.steady.advance(2 * HOUR + MINUTE);
    expect(runs('fixed')).toBe(2);
    machine.wallOffset -= 2 * HOUR;
    machine.steady.advance(2 * HOUR);
    expect(runs('fixed')).toBe(2);
    machine.steady.advance(HOUR);
    expect(runs('fixed')).toBe(3);
    machine.wallOffset -= 5 * HOUR;
    machine.steady.advance(HOUR);
    expect(runs('fixed')).toBe(4);
  });

  it('is seen by a job that was paused meanwhile', () => {
    scheduler.addCronJob('each', '* * * * *', () => undefined);
    scheduler.addCronJob('fixed', '0 0-23 * * *', () => undefined);
    machine.steady.advance(90_000);
    scheduler.pauseAll();
    machine.wallOffset -= 5 * HOUR;
    machine.steady.advance(MINUTE);
    scheduler.resumeAll();
    expect([inMinutes('each'), inMinutes('fixed')]).toEqual([0.5, 57.5]);
  });

  it('does not silence statuses$', () => {
    let pictures = 0;
    scheduler.statuses$.subscribe(() => pictures++);
    scheduler.addIntervalJob('a', 1000, () => undefined);
    machine.steady.advance(5000);
    machine.wallOffset -= HOUR;
    pictures = 0;
    machine.steady.advance(10_000);
    expect(pictures).toBeGreaterThan(8);
  });

  it('does not make a clock oversleep whose timers go by its instants', () => {
    const clock = new ManualClock(Date.UTC(2026, 0));
    const own = new Scheduler({ clock });
    own.addIntervalJob('a', 1000, () => undefined);
    clock.advance(5000);
    clock.block(-HOUR);
    own.getAllStatuses();
    clock.advance(MINUTE);
    expect(own.getJobStatus('a')?.executionCount).toBe(65);
  });
});

describe('a clock that is set forward, or a machine that slept', () => {
  it('is one late fire with all that was missed', () => {
    const machine = new Machine();
    const scheduler = new Scheduler({ clock: new TimerQueue(machine), logger: false });
    const log = new EventLog(scheduler);
    scheduler.addIntervalJob('a', MINUTE, () => undefined);
    machine.steady.advance(MINUTE);
    machine.wallOffset += 10 * MINUTE + 1000;
    machine.steady.advance(30_000);
    expect(log.text()).toContain('fired#1+9 ');
    machine.wallOffset += 10 * 365 * 24 * HOUR;
    machine.steady.advance(30_000);
    expect(log.text()).toContain('fired#2+1000 ');
  });
});

describe('faked timers without a faked Date', () => {
  it('run elapsed jobs of every period', () => {
    for (const period of [1, 2, 3, 100]) {
      jasmine.clock().install();
      const scheduler = new Scheduler({ logger: false });
      scheduler.addIntervalJob('a', period, () => undefined);
      jasmine.clock().tick(1000);
      const { fireCount = 0 } = scheduler.getJobStatus('a') ?? {};
      void scheduler.shutdown();
      jasmine.clock().uninstall();
      // the real Date moves a little meanwhile, which is taken for time that passed
      expect(fireCount)
        .withContext(String(period))
        .toBeGreaterThanOrEqual(Math.floor(450 / period));
    }
  });
});
