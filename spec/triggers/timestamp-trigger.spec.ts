import { InvalidTriggerError, timestampTrigger } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { record } from '../support/record.js';

describe('timestampTrigger', () => {
  it('fires at its times, in order, the first at once, with the position as index', () => {
    const clock = new VirtualClock(5000);
    const log = record(timestampTrigger([2000, 0, 500, 1000, 500], { clock }), clock);
    clock.advanceBySync(3000);
    expect(log).toEqual(['0@0', '1@500', '2@1000', '3@2000', '|']);
  });

  it('completes at once when the list is empty', () => {
    expect(record(timestampTrigger([]), new VirtualClock(0))).toEqual(['|']);
  });

  it('replays each moment that was missed, at most 100', () => {
    const clock = new VirtualClock(0);
    const log = record(
      timestampTrigger(
        Array.from({ length: 300 }, (_, index) => index),
        { clock },
      ),
      clock,
    );
    clock.sleepForSync(199);
    expect(log.slice(0, 2)).toEqual(['100@199+100', '101@199']);
    expect(log.length).toBe(100);
  });

  it('rejects anything but a list of ms from 0', () => {
    const holed = [0, 5];
    Reflect.deleteProperty(holed, 0);
    for (const wrong of [[-1], [NaN], [Infinity], ['5'], holed, 5, null])
      expect(() => timestampTrigger(wrong as never)).toThrowError(InvalidTriggerError);
    expect(() => timestampTrigger([0, -5])).toThrowError('timestampTrigger(timestamps[1]): expected a finite number of ms from 0, got -5');
  });
});
