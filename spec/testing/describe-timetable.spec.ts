import type { Timetable } from 'extended-scheduler';
import {
  cronTrigger,
  customTrigger,
  filterTrigger,
  intervalTrigger,
  oneTimeTrigger,
  timestampTrigger,
  unionTrigger,
} from 'extended-scheduler';
import { describeTimetable } from 'extended-scheduler/testing';

const NOON = Date.UTC(2026, 2, 8, 12);

describeTimetable('intervalTrigger', () => intervalTrigger(1234.5));
describeTimetable('intervalTrigger, immediate', () => intervalTrigger({ minutes: 5 }, { immediate: true }));
describeTimetable('intervalTrigger on the wall clock', () => intervalTrigger(90_000, { startTime: NOON - 7, endTime: NOON + 1e9 }));
describeTimetable('timestampTrigger', () => timestampTrigger([5, 0, 1000 / 60, 2000 / 60, 7.5]));
describeTimetable('oneTimeTrigger', () => oneTimeTrigger(NOON));
describeTimetable('cronTrigger', () => cronTrigger('*/10 1-3 * * *', { timezone: 'America/New_York' }));
describeTimetable('cronTrigger of fixed times', () => cronTrigger('30 1,2 * * *', { timezone: 'Australia/Lord_Howe' }));
describeTimetable('cronTrigger with bounds', () => cronTrigger('0 0 1 * *', { startTime: NOON, endTime: NOON + 1e11 }));
describeTimetable('unionTrigger', () => unionTrigger(cronTrigger('0 9 * * *'), intervalTrigger(7_000_000, { startTime: 0 })));
describeTimetable('filterTrigger', () => filterTrigger(cronTrigger('0 * * * *'), (time) => new Date(time).getUTCDay() % 6 !== 0));
describeTimetable('customTrigger', () => customTrigger(() => ({ next: (after) => Math.floor(after / 1000) * 1000 + 1000 })));
describeTimetable('customTrigger at random', () => customTrigger(() => ({ next: (after) => after + 1 + Math.random() * 1000 })), {
  random: true,
});

/** The claims that a timetable breaks. */
function broken(timetable: () => Timetable): string[] {
  const failed: string[] = [];
  const { describe, it } = globalThis as unknown as Record<string, unknown>;
  Object.assign(globalThis, {
    describe: (_: string, body: () => void) => {
      body();
    },
    it: (claim: string, body: () => void) => {
      try {
        body();
      } catch (error) {
        failed.push(`${claim.slice(0, 12)}: ${String(error)}`);
      }
    },
  });
  try {
    describeTimetable('a broken one', timetable, { starts: [0], steps: 20 });
  } finally {
    Object.assign(globalThis, { describe, it });
  }
  return failed;
}

describe('describeTimetable', () => {
  const sound: Timetable = {
    axis: 'wall',
    first: (start) => Math.ceil(start / 10) * 10,
    after: (instant) => Math.floor(instant / 10) * 10 + 10,
  };

  it('accepts a correct timetable', () => {
    expect(broken(() => sound)).toEqual([]);
  });

  it('rejects options that would check nothing', () => {
    for (const options of [{ starts: [] }, { starts: [NaN] }, { steps: 0 }, { step: 3 } as never])
      expect(() => {
        describeTimetable('x', () => sound, options);
      }).toThrowError(/describeTimetable\(options/);
    expect(() => {
      describeTimetable('x', undefined as never);
    }).toThrowError(/describeTimetable\(create\)/);
  });

  it('names what is broken', () => {
    expect(broken(() => ({ ...sound, after: (instant) => instant }))[0]).toContain('after(0) returned 0, expected a later instant');
    expect(broken(() => ({ ...sound, after: (instant) => instant + 10 }))).toEqual([jasmine.stringContaining('answers stay')]);
    expect(broken(() => ({ ...sound, after: (instant) => (instant >= 50 && instant < 60 ? null : sound.after(instant)) }))).toContain(
      jasmine.stringContaining('null means n'),
    );
    expect(broken(() => ({ ...sound, before: (instant) => instant - 10 }))).toEqual([jasmine.stringContaining('`before` fin')]);
    expect(broken(() => ({ ...sound, count: () => 1 }))).toEqual([jasmine.stringContaining('`count` coun')]);
    let calls = 0;
    expect(broken(() => ({ ...sound, first: () => calls++ * 10 }))).toContain(jasmine.stringContaining('two forks wi'));
  });
});
