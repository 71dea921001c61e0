import type { Trigger } from 'extended-scheduler';
import { customTrigger, intervalTrigger, InvalidTriggerError, nextFireTimes, unionTrigger } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { record } from '../support/record.js';

describe('customTrigger', () => {
  /** The manual's RandomIntervalTrigger: the next time is drawn once, and kept until it has passed. */
  function randomInterval(min: number, max: number, random: () => number): Trigger {
    return customTrigger(() => ({ next: (after) => after + min + random() * (max - min) }));
  }

  it('runs the random interval of the manual, alone', () => {
    const clock = new VirtualClock(0);
    const draws = [0, 0.5, 1, 0.25];
    const trigger = customTrigger(() => ({ next: (after) => after + 100 + (draws.shift() ?? 0) * 100 }), { clock, maxRuns: 4 });
    draws.unshift(0.1); // customTrigger itself draws nothing: the first draw is the subscription's
    const log = record(trigger, clock);
    clock.advanceBySync(1000);
    expect(log).toEqual(['0@110', '1@210', '2@360', '3@560', '|']);
  });

  it('runs it in a union: a random answer is kept when the other trigger fires', () => {
    let draws = 0;
    const random = randomInterval(1000, 1000, () => ++draws);
    const union = unionTrigger(random, intervalTrigger(300, { startTime: 0 }));
    expect(nextFireTimes(union, { from: 0, count: 6 })).toEqual([0, 300, 600, 900, 1000, 1200]);
    expect(draws).toBe(2);
  });

  it('fails only itself if it goes backwards, returns nonsense or throws', () => {
    const clock = new VirtualClock(1000);
    for (const next of [(after: number) => after - 1, () => NaN, () => 'soon' as never]) {
      expect(record(customTrigger({ next }, { clock }), clock).join()).toMatch(/^TimetableError: timetable\.after\(1000\)/);
    }
    const thrown = record(
      customTrigger(
        {
          next: () => {
            throw new Error('mine');
          },
        },
        { clock },
      ),
      clock,
    );
    expect(thrown).toEqual(['Error: mine']);
  });

  it('rejects a source without next, or with an unknown axis', () => {
    expect(() => customTrigger({} as never)).toThrowError(InvalidTriggerError, /a method next\(after\)/);
    expect(() => customTrigger({ axis: 'lunar' as never, next: () => null })).toThrowError(InvalidTriggerError, /'wall' or 'elapsed'/);
  });
});
