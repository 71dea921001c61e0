import {
  cronTrigger,
  customTrigger,
  filterTrigger,
  intervalTrigger,
  InvalidOptionError,
  InvalidTriggerError,
  pausable,
  Scheduler,
} from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { of } from 'rxjs';
import { CapturedLog, unhandledRejections } from '../support/captured.js';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

const rejecting = (() => Promise.reject(new Error('async'))) as () => never;

describe('misfireLimit', () => {
  it('is a whole number from 1 to 1,000,000', () => {
    const { scheduler } = harness();
    for (const misfireLimit of [Infinity, 1_000_001, 0, 1.5, NaN, '5' as never]) {
      expect(() => scheduler.addIntervalJob('a', 10, () => 1, { misfireLimit })).toThrowError(
        InvalidOptionError,
        /^addIntervalJob\(options\.misfireLimit\): expected a whole number from 1 to 1,000,000, got /,
      );
    }
    expect(() => new Scheduler({ defaults: { misfireLimit: Infinity } })).toThrowError(InvalidOptionError);
    expect(scheduler.addIntervalJob('a', 10, () => 1, { misfireLimit: 1_000_000 })).toBeTrue();
  });

  it('replays that many of the due occurrences, and counts the rest', async () => {
    const clock = new VirtualClock(NEW_YEAR);
    const scheduler = new Scheduler({ clock, logger: false });
    const missed: number[] = [];
    scheduler.addIntervalJob('a', 1, ({ fire }) => missed.push(fire.missedCount), { misfire: 'all', misfireLimit: 2500, overlap: 'queue' });
    scheduler.addJob('custom', customTrigger({ axis: 'elapsed', next: (after) => after + 1 }), () => undefined, {
      misfire: 'all',
      misfireLimit: 30,
      overlap: 'queue',
    });
    await clock.sleepFor(3000);
    expect([missed.length, missed[0], Math.max(...missed.slice(1))]).toEqual([2500, 500, 0]);
    // a timetable that cannot look back is stepped through, 1,000 times and as many more as are replayed
    expect(scheduler.getJobStatus('custom')?.fireCount).toBe(30);
  });
});

describe('retry.delayMs', () => {
  for (const [name, answer] of Object.entries<unknown>({
    Infinity: Infinity,
    NaN: NaN,
    'a negative number': -1,
    'a word': 'soon',
    'a promise': Promise.resolve(5),
  })) {
    it(`that returns ${name} is reported, the retry starts at once, and no other job is late`, async () => {
      const clock = new VirtualClock(NEW_YEAR);
      const logger = new CapturedLog();
      const scheduler = new Scheduler({ clock, logger });
      const attempts: number[] = [];
      for (let job = 0; job < 20; job++) {
        scheduler.addIntervalJob(`healthy ${String(job)}`, 7 + job, () => undefined);
        scheduler.addIntervalJob(
          `failing ${String(job)}`,
          1000,
          () => {
            attempts.push(clock.now() - NEW_YEAR);
            throw new Error('no');
          },
          { retry: { count: 1, delayMs: () => answer as number }, maxRuns: 1 },
        );
      }
      await clock.advanceBy(1050);
      expect(attempts).toEqual(Array.from({ length: 40 }, () => 1000));
      for (let job = 0; job < 20; job++) {
        expect(scheduler.getJobStatus(`healthy ${String(job)}`)?.fireCount).toBe(Math.floor(1050 / (7 + job)));
      }
      const reports = logger.lines.filter((line) =>
        line.includes('retry.delayMs failed; the retry starts at once: TypeError: retry.delayMs: expected'),
      );
      expect(reports).toHaveSize(20);
    });
  }

  it('of Infinity is limited by maxDelayMs', async () => {
    const clock = new VirtualClock(NEW_YEAR);
    const scheduler = new Scheduler({ clock, logger: false });
    const attempts: number[] = [];
    const job = (): void => {
      attempts.push(clock.now() - NEW_YEAR);
      throw new Error('no');
    };
    scheduler.addOneTimeJob('a', NEW_YEAR, job, { retry: { count: 2, delayMs: () => 10 ** 400, maxDelayMs: 500 } });
    await clock.advanceBy(2000);
    expect(attempts).toEqual([0, 500, 1000]);
  });

  it('that rejects ends no process', async () => {
    const { scheduler, clock } = harness({ logger: false });
    const rejections = await unhandledRejections(async () => {
      scheduler.addOneTimeJob('a', NEW_YEAR, () => Promise.reject(new Error('no')), { retry: { count: 1, delayMs: rejecting } });
      await clock.advanceBy(10);
    });
    expect(rejections).toEqual([]);
    expect(scheduler.getJobStatus('a')?.outcomes.failed).toBe(1);
  });
});

describe('async functions where a result is needed at once, in triggers and gates', () => {
  it('a predicate of filterTrigger fails its own job, whether it rejects or resolves to false', async () => {
    for (const predicate of [rejecting, () => Promise.resolve(false) as never]) {
      const { scheduler, clock, lines } = harness();
      const rejections = await unhandledRejections(async () => {
        scheduler.addJob('a', filterTrigger(cronTrigger('* * * * *'), predicate), () => undefined);
        scheduler.addCronJob('b', '* * * * *', () => undefined);
        await clock.advanceBy(60_000);
      });
      expect(rejections).toEqual([]);
      expect([scheduler.getJobStatus('a')?.fireCount, scheduler.getJobStatus('b')?.fireCount]).toEqual([0, 1]);
      expect(lines.some((line) => line.includes('expected true or false from the predicate of filterTrigger'))).toBeTrue();
    }
  });

  it('a factory of customTrigger is rejected, and its rejection is not a second error', async () => {
    const rejections = await unhandledRejections(async () => {
      expect(() => customTrigger(rejecting)).toThrowError(InvalidTriggerError, /a method next\(after\)/);
      await Promise.resolve();
    });
    expect(rejections).toEqual([]);
  });

  it('a factory of customTrigger that returns something else later fails its own job', async () => {
    for (const later of [rejecting, () => undefined, () => ({ axis: 'elapsed' as const, next: () => null })]) {
      const { scheduler, clock, lines } = harness();
      let calls = 0;
      const rejections = await unhandledRejections(async () => {
        // the trigger itself is the first call, its timetable the second
        const trigger = customTrigger(() => (calls++ < 2 ? { next: (after: number) => after + 10 } : (later() as never)));
        scheduler.addJob('a', trigger, () => undefined);
        await clock.advanceBy(10);
      });
      expect(rejections).toEqual([]);
      expect(scheduler.getJobStatus('a')?.status).toBe('completed');
      expect(lines.some((line) => line.includes('customTrigger(source): a later call returned'))).toBeTrue();
    }
  });
});

describe('a promise where a flag is needed', () => {
  it('does not close or open the gate: the gate has failed and stays as it is', async () => {
    const { scheduler, clock, lines } = harness();
    const rejections = await unhandledRejections(async () => {
      for (const value of [Promise.resolve(false), rejecting()]) {
        scheduler.addIntervalJob('a', 10, () => undefined, { when: of(value as unknown as boolean) });
        await clock.advanceBy(100);
        expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ gate: 'closed', fireCount: 0 }));
        scheduler.removeJob('a');
      }
    });
    expect(rejections).toEqual([]);
    expect(lines).toContain(
      'error job "a": its gate failed and stays as it is: TypeError: expected true or false from the gate, got a promise',
    );
  });

  it('errors the result of pausable', () => {
    const errors: string[] = [];
    intervalTrigger(10)
      .pipe(pausable(of(Promise.resolve(true) as unknown as boolean)))
      .subscribe({ error: (error: unknown) => errors.push(String(error)) });
    expect(errors).toEqual(['TypeError: pausable(paused$): expected true or false, got a promise']);
  });
});

describe('a period beyond all dates', () => {
  it('does not disturb a logger that writes everything', async () => {
    const clock = new VirtualClock(NEW_YEAR);
    const logger = new CapturedLog();
    const scheduler = new Scheduler({ clock, logger });
    scheduler.addIntervalJob('far', 1e16, () => undefined);
    scheduler.addIntervalJob('near', 1000, () => undefined, { maxRuns: 1 });
    await clock.advanceBy(1000);
    expect(logger.lines).toContain(`debug job "far": armed for ${String(NEW_YEAR + 1e16)} ms`);
    expect(scheduler.getJobStatus('near')?.status).toBe('completed');
    await scheduler.shutdown();
  });
});

describe('a wrong option', () => {
  const { scheduler } = harness();
  const cases: Readonly<Record<string, () => unknown>> = {
    'addJob(options.retry)': () => scheduler.addIntervalJob('a', 5, () => 1, { retry: { count: 2, delay: 100 } as never }),
    'retry.count': () => scheduler.addIntervalJob('a', 5, () => 1, { retry: { count: '2' } as never }),
    'retry.delayMs': () => scheduler.addIntervalJob('a', 5, () => 1, { retry: { count: 2, delayMs: '5' } as never }),
    'retry.delayMs Infinity': () => scheduler.addIntervalJob('a', 5, () => 1, { retry: { count: 2, delayMs: Infinity } }),
    'retry.maxDelayMs': () => scheduler.addIntervalJob('a', 5, () => 1, { retry: { count: 2, maxDelayMs: '5' } as never }),
    'retry.jitterRatio': () => scheduler.addIntervalJob('a', 5, () => 1, { retry: { count: 2, jitterRatio: '0.5' } as never }),
    'retry is an array': () => scheduler.addIntervalJob('a', 5, () => 1, { retry: [] as never }),
    'removeJob(options)': () => scheduler.removeJob('a', { drian: true } as never),
    'removeJob(options.drain)': () => scheduler.removeJob('a', { drain: 'yes' } as never),
    'shutdown(options)': () => scheduler.shutdown({ drian: true } as never),
    'shutdown(options.timeout)': () => scheduler.shutdown({ timeout: -1 }),
    'when: a then that is no function': () => scheduler.addIntervalJob('a', 5, () => 1, { when: { then: 5 } as never }),
    'when: a string': () => scheduler.addIntervalJob('a', 5, () => 1, { when: 'yes' as never }),
    'options with a prototype': () => scheduler.addIntervalJob('a', 5, () => 1, Object.create({ maxRuns: 3 }) as never),
    'options that are an array': () => scheduler.addIntervalJob('a', 5, () => 1, [] as never),
    context: () => scheduler.addIntervalJob('a', 5, () => 1, { context: 'mine' as never }),
    'startTime: NaN': () => intervalTrigger(5, { startTime: NaN }),
    'startTime: an endless Date': () => intervalTrigger(5, { startTime: { getTime: () => Infinity } as never }),
    'immediate: 1': () => intervalTrigger(5, { immediate: 1 as never }),
    'clock: {}': () => intervalTrigger(5, { clock: {} as never }),
    'endTime before startTime': () => cronTrigger('* * * * *', { startTime: 5, endTime: 4 }),
    timezone: () => cronTrigger('* * * * *', { timezone: 'Mars/Olympus' }),
  };
  for (const [name, call] of Object.entries(cases)) {
    it(`is an InvalidOptionError that names the place: ${name}`, () => {
      expect(call).toThrowError(InvalidOptionError, /^\w+\(.*\): expected .+, got .+/);
    });
  }

  it('leaves everything as it was', () => {
    for (const call of Object.values(cases)) expect(call).toThrow();
    expect([scheduler.listJobs(), scheduler.addIntervalJob('a', 5, () => 1)]).toEqual([[], true]);
    scheduler.removeJob('a');
  });

  it('is not one from another realm, nor one without a prototype', () => {
    const { scheduler } = harness();
    const bare = Object.assign(Object.create(null) as object, { maxRuns: 3 });
    expect(scheduler.addIntervalJob('bare', 5, () => 1, bare)).toBeTrue();
    const foreignPrototype = Object.create(null) as object; // as Object.prototype of another realm: it has no prototype itself
    expect(
      scheduler.addIntervalJob('foreign', 5, () => 1, Object.assign(Object.create(foreignPrototype) as object, { maxRuns: 3 })),
    ).toBeTrue();
  });
});
