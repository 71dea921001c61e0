import type { Trigger } from 'extended-scheduler';
import { cronTrigger, intervalTrigger, InvalidTriggerError, oneTimeTrigger, timestampTrigger, unionTrigger } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { planOf } from '../../src/triggers/trigger.js';
import { record } from '../support/record.js';

describe('unionTrigger', () => {
  it('fires at each instant of its children once', () => {
    const clock = new VirtualClock(0);
    const log = record(unionTrigger(intervalTrigger(20, { clock }), intervalTrigger(30)), clock);
    clock.advanceBySync(60);
    expect(log).toEqual(['0@20', '1@30', '2@40', '3@60']);
  });

  it('rejects an empty list, other Observables, maxRuns of a child, and two axes', () => {
    expect(() => unionTrigger()).toThrowError(InvalidTriggerError, /at least one trigger/);
    expect(() => unionTrigger(intervalTrigger(5).pipe() as never, {} as never)).toThrowError(InvalidTriggerError, /triggers\[1\]/);
    expect(() => unionTrigger(intervalTrigger(5, { maxRuns: 1 }))).toThrowError(InvalidTriggerError, /without maxRuns/);
    expect(() => unionTrigger(intervalTrigger(5), oneTimeTrigger(5))).toThrowError(InvalidTriggerError, /triggers\[1\].*'elapsed' axis/);
  });
});

describe('a union', () => {
  const wishes = (...triggers: Trigger[]): unknown => {
    const { misfire, overlap, whilePaused, spaced } = planOf(unionTrigger(...triggers))?.defaults ?? {};
    return [misfire, overlap, whilePaused, spaced];
  };

  it('is as careful as the most careful of its children', () => {
    const cron = (misfire?: 'once' | 'skip' | 'all'): Trigger => cronTrigger('* * * * *', { misfire });
    expect(wishes(cron(), oneTimeTrigger(5))).toEqual(['once', 'skip', 'catch-up', false]);
    expect(wishes(oneTimeTrigger(5), cron())).toEqual(['once', 'skip', 'catch-up', false]);
    expect(wishes(cron('skip'), cron('skip'))).toEqual(['skip', 'skip', 'skip', false]);
    expect(wishes(cron('skip'), cron())).toEqual(['once', 'skip', 'skip', false]);
    expect(wishes(cron('skip'), cron('all'), cron())).toEqual(['all', 'skip', 'skip', false]);
    expect(wishes(intervalTrigger(5), timestampTrigger([5]))).toEqual(['all', 'queue', 'freeze', false]);
    expect(wishes(intervalTrigger(5, { misfire: 'skip' }))).toEqual(['skip', 'skip', 'freeze', false]);
  });
});
