import { cronTrigger, filterTrigger, intervalTrigger, InvalidTriggerError, nextFireTimes } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { record } from '../support/record.js';

describe('filterTrigger', () => {
  it('drops what the predicate rejects, and keeps type and maxRuns', () => {
    const filtered = filterTrigger(cronTrigger('@hourly', { maxRuns: 2 }), (time) => new Date(time).getUTCHours() % 6 === 0);
    expect(filtered.type).toBe('cron');
    expect(nextFireTimes(filtered, { from: 1 })).toEqual([6 * 3_600_000, 12 * 3_600_000]);
  });

  it('rejects a trigger on the elapsed axis', () => {
    expect(() => filterTrigger(intervalTrigger(5), () => true)).toThrowError(InvalidTriggerError, /on the wall axis/);
  });

  it('fails only itself if the predicate throws', () => {
    const clock = new VirtualClock(0);
    const trigger = filterTrigger(intervalTrigger(5, { clock, startTime: 0 }), () => {
      throw new Error('mine');
    });
    expect(record(trigger, clock)).toEqual(['Error: mine']);
  });
});
