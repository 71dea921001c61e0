import { InvalidTriggerError, oneTimeTrigger } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { record } from '../support/record.js';

describe('oneTimeTrigger', () => {
  it('fires once at its instant and completes; a past instant fires at once', () => {
    const clock = new VirtualClock(1000);
    const future = record(oneTimeTrigger(new Date(1500), { clock }), clock);
    const past = record(oneTimeTrigger(10, { clock }), clock);
    clock.advanceBySync(1000);
    expect([future, past]).toEqual([
      ['0@500', '|'],
      ['0@0', '|'],
    ]);
  });

  it('rejects a value that is not an instant', () => {
    for (const wrong of [new Date(NaN), NaN, '2026-01-01', null])
      expect(() => oneTimeTrigger(wrong as never)).toThrowError(InvalidTriggerError);
  });
});
