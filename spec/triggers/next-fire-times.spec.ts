import { intervalTrigger, nextFireTimes, timestampTrigger } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';

describe('nextFireTimes', () => {
  it('counts an elapsed trigger from the given start, up to count and until', () => {
    expect(nextFireTimes(intervalTrigger(10), { from: 1000, count: 2 })).toEqual([1010, 1020]);
    expect(nextFireTimes(timestampTrigger([0, 5, 9]), { from: 100, until: 105 })).toEqual([100, 105]);
  });

  it('starts now, on the clock of the trigger', () => {
    expect(nextFireTimes(intervalTrigger(10, { clock: new VirtualClock(70) }), { count: 1 })).toEqual([80]);
  });
});
