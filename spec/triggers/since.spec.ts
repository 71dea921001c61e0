import type { Misfire } from 'extended-scheduler';
import { cronTrigger, intervalTrigger, Scheduler } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { EventLog } from '../support/event-log.js';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

const HOUR = 3_600_000;

describe('the option since', () => {
  // the process was down from 00:10 to 05:30, and its last run was that of midnight
  const restarted = (misfire?: Misfire): string => {
    const clock = new VirtualClock(NEW_YEAR + 5.5 * HOUR);
    const scheduler = new Scheduler({ clock, logger: false });
    const log = new EventLog(scheduler);
    scheduler.addCronJob('a', '0 * * * *', () => undefined, { since: NEW_YEAR, misfire, overlap: 'queue' });
    clock.advanceBySync(HOUR);
    return log.events
      .flatMap((event) =>
        event.type === 'fired' ? `${String((event.fire.scheduledAt - NEW_YEAR) / HOUR)}+${String(event.fire.missedCount)}` : [],
      )
      .join(' ');
  };

  it('leaves what was missed while the process was down to the misfire policy', () => {
    expect(restarted()).toBe('5+4 6+0');
    expect(restarted('all')).toBe('1+0 2+0 3+0 4+0 5+0 6+0');
    expect(restarted('skip')).toBe('5+4 6+0'); // the first is skipped: it is half an hour late
  });

  it('is exclusive, and without effect if nothing was missed or if it lies in the future', () => {
    for (const since of [NEW_YEAR + 5 * HOUR, NEW_YEAR + 9 * HOUR]) {
      const clock = new VirtualClock(NEW_YEAR + 5.5 * HOUR);
      const scheduler = new Scheduler({ clock });
      scheduler.addCronJob('a', '0 * * * *', () => undefined, { since });
      clock.advanceBySync(0);
      expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ fireCount: 0, nextRunTime: NEW_YEAR + 6 * HOUR }));
    }
  });

  it('works for intervals on a grid, and respects startTime and endTime', () => {
    const fired = (options: object): number[] => {
      const clock = new VirtualClock(NEW_YEAR + 5.5 * HOUR);
      const times: number[] = [];
      intervalTrigger(HOUR, { ...options, misfire: 'all', clock }).subscribe((fire) => times.push((fire.scheduledAt - NEW_YEAR) / HOUR));
      clock.advanceBySync(HOUR);
      return times;
    };
    expect(fired({ startTime: NEW_YEAR + 2 * HOUR, since: NEW_YEAR })).toEqual([2, 3, 4, 5, 6]);
    expect(fired({ startTime: NEW_YEAR, since: NEW_YEAR + HOUR, endTime: NEW_YEAR + 3 * HOUR })).toEqual([2, 3]);
    expect(fired({ startTime: NEW_YEAR })).toEqual([6]);
  });

  it('needs a startTime on an interval, and must be an instant', () => {
    expect(() => intervalTrigger(1000, { since: 0 })).toThrowError(/intervalTrigger\(options\.since\): expected a startTime beside it/);
    expect(() => cronTrigger('* * * * *', { since: NaN })).toThrowError(/cronTrigger\(options\.since\): expected a valid Date/);
  });

  it('survives a reschedule without a repetition of the last run', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addCronJob('a', '0 * * * *', () => undefined);
    clock.advanceBySync(HOUR);
    scheduler.reschedule('a', cronTrigger('0 * * * *', { since: NEW_YEAR }));
    clock.advanceBySync(HOUR);
    expect(log.events.filter(({ type }) => type === 'fired')).toHaveSize(2);
  });
});
