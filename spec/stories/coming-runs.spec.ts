import type { JobOptions, NextRunTimesOptions, Trigger } from 'extended-scheduler';
import {
  cronTrigger,
  customTrigger,
  filterTrigger,
  intervalTrigger,
  oneTimeTrigger,
  Scheduler,
  timestampTrigger,
  unionTrigger,
} from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import fc from 'fast-check';
import { NEVER, Subject } from 'rxjs';
import { must } from '../support/must.js';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

const MINUTE = 60_000;

const triggers: fc.Arbitrary<Trigger> = fc.oneof(
  fc
    .record({ every: fc.integer({ min: 500, max: 90_000 }), immediate: fc.boolean() })
    .map(({ every, immediate }) => intervalTrigger(every, { immediate })),
  fc
    .record({
      every: fc.integer({ min: 500, max: 90_000 }),
      startMs: fc.integer({ min: -MINUTE, max: MINUTE }),
      lengthMs: fc.integer({ min: 0, max: 20 * MINUTE }),
    })
    .map(({ every, startMs, lengthMs }) =>
      intervalTrigger(every, { startTime: NEW_YEAR + startMs, endTime: NEW_YEAR + startMs + lengthMs }),
    ),
  fc.constantFrom('*/7 * * * * *', '* * * * *', '*/2 * * * *').map((expression) => cronTrigger(expression, { timezone: 'Asia/Kolkata' })),
  fc.constantFrom('*/3 * * * * *').map((expression) => filterTrigger(cronTrigger(expression), (time) => (time / 1000) % 4 !== 0)),
  fc.array(fc.integer({ min: 0, max: 5 * MINUTE }), { minLength: 1, maxLength: 12 }).map((list) => timestampTrigger(list)),
  fc.integer({ min: 0, max: 5 * MINUTE }).map((after) => oneTimeTrigger(NEW_YEAR + after)),
  fc
    .tuple(fc.integer({ min: 500, max: 9000 }), fc.integer({ min: 500, max: 9000 }))
    .map(([a, b]) => unionTrigger(intervalTrigger(a), intervalTrigger(b))),
);
const options: fc.Arbitrary<JobOptions> = fc.record(
  {
    maxRuns: fc.integer({ min: 1, max: 20 }),
    jitter: fc.integer({ min: 1, max: 20_000 }),
    misfire: fc.constantFrom('once' as const, 'skip' as const, 'all' as const),
    misfireLimit: fc.integer({ min: 1, max: 6 }),
    graceMs: fc.constantFrom(0, 1000, 100_000),
  },
  { requiredKeys: [] },
);

describe('nextRunTimes', () => {
  it('foretells the runs of every kind of trigger, also while the job is paused and with skipped occurrences', () => {
    fc.assert(
      fc.property(
        triggers,
        options,
        fc.boolean(),
        fc.integer({ min: 0, max: 2 * MINUTE }),
        fc.integer({ min: 0, max: 2 * MINUTE }),
        fc.integer({ min: 0, max: 3 }),
        fc.boolean(),
        (trigger, given, catchesUp, ranMs, pausedMs, skips, pauses) => {
          const clock = new VirtualClock(NEW_YEAR);
          const scheduler = new Scheduler({ clock, logger: false });
          const isWall = trigger.timetable.axis === 'wall';
          const whilePaused = isWall ? (catchesUp ? 'catch-up' : 'skip') : 'freeze';
          scheduler.addJob('a', trigger, () => undefined, { ...given, overlap: 'allow', whilePaused });
          clock.advanceBySync(ranMs);
          if (pauses) scheduler.pauseJob('a');
          for (let skip = 0; skip < skips; skip++) scheduler.skipNext('a');
          clock.advanceBySync(pausedMs);
          const now = clock.now();
          const foretold = scheduler.nextRunTimes('a', { count: 1000, until: now + 4 * MINUTE });
          const runs: number[] = [];
          scheduler.events({ types: ['started'] }).subscribe((event) => runs.push(event.at));
          scheduler.resumeJob('a');
          clock.advanceBySync(4 * MINUTE);
          must(foretold, runs, 'the runs');
        },
      ),
      { numRuns: 2_000 },
    );
    expect().nothing();
  });

  const times = (options?: NextRunTimesOptions, add?: (scheduler: Scheduler) => unknown): number[] => {
    const { scheduler } = harness({ logger: false });
    if (add === undefined) scheduler.addIntervalJob('a', 1000, () => undefined);
    else add(scheduler);
    return scheduler.nextRunTimes('a', options).map((time) => time - NEW_YEAR);
  };

  it('gives 10 by default, and obeys count, from and until, both inclusive', () => {
    expect(times()).toHaveSize(10);
    expect(times({ count: 2 })).toEqual([1000, 2000]);
    expect(times({ from: NEW_YEAR + 3000, until: NEW_YEAR + 5000 })).toEqual([3000, 4000, 5000]);
    expect(times({ until: NEW_YEAR })).toEqual([]);
  });

  it('goes to a distant from in one step, and still knows what maxRuns leaves', () => {
    const far = NEW_YEAR + 10 * 365 * 86_400_000;
    const secondly = (maxRuns?: number) => (scheduler: Scheduler) => scheduler.addCronJob('a', '* * * * * *', () => undefined, { maxRuns });
    expect(times({ from: far, count: 2 }, secondly())).toEqual([far - NEW_YEAR, far - NEW_YEAR + 1000]);
    expect(times({ from: far, count: 2 }, secondly(1000))).toEqual([]);
    expect(times({ from: NEW_YEAR + 3000, count: 9 }, secondly(4))).toEqual([3000, 4000]);
    expect(times({ from: NEW_YEAR + 3000 }, (scheduler) => scheduler.addIntervalJob('a', 1000, () => undefined, { maxRuns: 4 }))).toEqual([
      3000, 4000,
    ]);
  });

  it('begins with nextRunTime while a run is active, and is what the trigger knows after reschedule', () => {
    const { scheduler, clock } = harness({ logger: false });
    scheduler.addIntervalJob('a', 1000, () => new Subject());
    clock.advanceBySync(1500);
    expect(scheduler.nextRunTimes('a', { count: 1 })).toEqual([scheduler.getJobStatus('a')?.nextRunTime ?? NaN]);
    scheduler.reschedule('a', intervalTrigger(300));
    expect(scheduler.nextRunTimes('a', { count: 2 })).toEqual([NEW_YEAR + 1800, NEW_YEAR + 2100]);
  });

  it('never asks the source of a custom trigger, and gives what is already known', () => {
    const { scheduler, clock } = harness({ logger: false });
    let asked = 0;
    const source = { next: (after: number) => (asked++, after + 1000) };
    scheduler.addJob('custom', customTrigger(source), () => undefined);
    scheduler.addJob(
      'filtered',
      filterTrigger(customTrigger(source), () => true),
      () => undefined,
    );
    scheduler.addJob('union', unionTrigger(customTrigger(source), oneTimeTrigger(NEW_YEAR + 5000)), () => undefined);
    const before = asked;
    const all = (): number[][] => scheduler.listJobs().map((jobId) => scheduler.nextRunTimes(jobId, { count: 5 }));
    expect(all()).toEqual([[NEW_YEAR + 1000], [NEW_YEAR + 1000], [NEW_YEAR + 1000]]);
    scheduler.pauseAll();
    expect(all()).toEqual([[NEW_YEAR + 1000], [NEW_YEAR + 1000], [NEW_YEAR + 1000]]);
    clock.advanceBySync(1500); // it will be dropped, and what comes after it only the source knows
    expect(all()).toEqual([[], [], [NEW_YEAR + 1500]]); // a union with a one-time trigger catches up
    expect(asked).toBe(before);
  });

  it('does not ask a custom source for the sake of jitter either', () => {
    const { scheduler } = harness({ logger: false });
    let asked = 0;
    const source = { axis: 'elapsed', next: (after: number) => (asked++, after + 1000) } as const;
    scheduler.addJob('a', customTrigger(source), () => undefined, { jitter: 100, startPaused: true });
    const before = asked;
    expect([scheduler.nextRunTimes('a'), scheduler.getJobStatus('a')?.remainingMs, asked - before]).toEqual([[], null, 0]);
    scheduler.resumeJob('a');
    expect(scheduler.nextRunTimes('a')).toEqual([scheduler.getJobStatus('a')?.nextRunTime ?? NaN]);
  });

  it('gives at most the next run of a spaced job, and none while a run is active', () => {
    const { scheduler, clock } = harness({ logger: false });
    scheduler.addIntervalJob('a', 1000, () => new Subject(), { spaced: true });
    expect(scheduler.nextRunTimes('a')).toEqual([NEW_YEAR + 1000]);
    clock.advanceBySync(1000);
    expect(scheduler.nextRunTimes('a')).toEqual([]);
  });

  it('is as if a closed gate were open now', () => {
    const { scheduler, clock } = harness({ logger: false });
    scheduler.addIntervalJob('a', 1000, () => undefined, { when: NEVER });
    clock.advanceBySync(300);
    expect(scheduler.nextRunTimes('a', { count: 2 })).toEqual([NEW_YEAR + 1300, NEW_YEAR + 2300]);
  });

  it('is empty for unknown, finished and draining jobs, and for plain Observables', () => {
    const { scheduler, clock } = harness({ logger: false });
    scheduler.addTimestampJob('done', [], () => undefined);
    scheduler.addJob('plain', NEVER, () => undefined);
    scheduler.addIntervalJob('draining', 1000, () => new Subject());
    clock.advanceBySync(1000);
    scheduler.removeJob('draining', { drain: true });
    expect(['nobody', 'done', 'plain', 'draining'].map((jobId) => scheduler.nextRunTimes(jobId))).toEqual([[], [], [], []]);
  });

  it('ends before the instant at which a predicate throws', () => {
    const predicate = (time: number): boolean => {
      if (time >= NEW_YEAR + 3000) throw new Error('a predicate');
      return true;
    };
    expect(times({}, (scheduler) => scheduler.addJob('a', filterTrigger(cronTrigger('* * * * * *'), predicate), () => undefined))).toEqual([
      1000, 2000,
    ]);
  });

  it('rejects wrong options, and names what is allowed', () => {
    const { scheduler } = harness();
    scheduler.addIntervalJob('a', 1000, () => undefined);
    for (const count of [0, 1.5, 100_001, NaN, '5' as never])
      expect(() => scheduler.nextRunTimes('a', { count })).toThrowError(
        /nextRunTimes\(options\.count\): expected a whole number from 1 to 100,000/,
      );
    expect(() => scheduler.nextRunTimes('a', { from: 5, until: 4 })).toThrowError(
      'nextRunTimes(options.until): expected an instant not before from, got 4',
    );
    expect(() => scheduler.nextRunTimes('a', { to: 4 } as never)).toThrowError(
      /nextRunTimes\(options\): expected one of count, from, until, got "to"/,
    );
  });
});
