import { InvalidCronError, InvalidOptionError, InvalidTimezoneError, InvalidTriggerError } from 'extended-scheduler';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

describe('job options', () => {
  it('removeOnComplete frees the id', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addOneTimeJob('a', NEW_YEAR, () => undefined, { removeOnComplete: true });
    clock.advanceBySync(0);
    expect(log.text()).toMatch(/completed removed$/);
    expect(scheduler.listJobs()).toEqual([]);
  });

  it('startPaused adds the job paused', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addIntervalJob('a', 10, () => undefined, { startPaused: true, maxRuns: 1 });
    clock.advanceBySync(100);
    scheduler.resumeJob('a');
    clock.advanceBySync(10);
    expect(log.text()).toBe('added paused resumed armed@110 fired#0 started#0 succeeded#0 completed');
  });

  it("onError: 'pause' pauses the job on a failed run", () => {
    const { scheduler, clock } = harness();
    scheduler.addIntervalJob(
      'a',
      10,
      () => {
        throw new Error('no');
      },
      { onError: 'pause' },
    );
    clock.advanceBySync(100);
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ status: 'paused', executionCount: 1 }));
  });

  it('take the defaults of the scheduler if they are missing or undefined', () => {
    const { scheduler, clock } = harness({ defaults: { maxRuns: 2, removeOnComplete: true } });
    scheduler.addIntervalJob('a', 10, () => undefined, { maxRuns: undefined });
    scheduler.addIntervalJob('b', 10, () => undefined, { maxRuns: 3, removeOnComplete: false });
    clock.advanceBySync(100);
    expect([scheduler.getJobStatus('a'), scheduler.getJobStatus('b')?.executionCount]).toEqual([null, 3]);
  });

  it('are never changed', () => {
    const { scheduler } = harness();
    const options = Object.freeze({ args: Object.freeze([1] as const), maxRuns: 1 });
    expect(scheduler.addIntervalJob('a', 10, (_: number) => undefined, options)).toBeTrue();
    expect(options).toEqual({ args: [1], maxRuns: 1 });
  });
});

describe('wrong arguments', () => {
  it('throw at the call, with the place, the value and what is allowed, and add nothing', () => {
    const { scheduler } = harness();
    const job = (): void => undefined;
    const add = (options: object) => () => scheduler.addIntervalJob('a', 10, job, options);
    expect(() => scheduler.addIntervalJob('', 10, job)).toThrowError(
      InvalidOptionError,
      'addIntervalJob(jobId): expected a string that is not empty, got ""',
    );
    expect(() => scheduler.addIntervalJob(7 as never, 10, job)).toThrowError(InvalidOptionError, /jobId/);
    expect(() => scheduler.addIntervalJob('a', 10, 'job' as never)).toThrowError(
      InvalidOptionError,
      'addIntervalJob(job): expected a function, got "job"',
    );
    expect(() => scheduler.addJob('a', {} as never, job)).toThrowError(
      InvalidTriggerError,
      'addJob(trigger): expected a trigger or an Observable, got an object {}',
    );
    expect(() => scheduler.addIntervalJob('a', 0, job)).toThrowError(InvalidTriggerError);
    expect(() => scheduler.addCronJob('a', '* * *', job)).toThrowError(InvalidCronError);
    expect(() => scheduler.addCronJob('a', '* * * * *', job, { timezone: 'Nowhere' })).toThrowError(InvalidTimezoneError);
    for (const maxRuns of [0, -1, 2.5, NaN, '3'])
      expect(add({ maxRuns })).toThrowError(InvalidOptionError, /addIntervalJob\(options\.maxRuns\).*a whole number from 1/);
    expect(add({ overlap: 'maybe' })).toThrowError(InvalidOptionError, /'skip' or 'queue' or 'latest' or 'replace' or 'allow'/);
    expect(add({ misfire: 'maybe' })).toThrowError(InvalidOptionError);
    expect(add({ onError: 'maybe' })).toThrowError(InvalidOptionError);
    expect(add({ concurrency: 0 })).toThrowError(InvalidOptionError);
    expect(add({ graceMs: -1 })).toThrowError(InvalidOptionError);
    expect(add({ args: 'x' as never })).toThrowError(InvalidOptionError);
    expect(add({ startPaused: 1 })).toThrowError(InvalidOptionError);
    expect(add({ whilePaused: 'skip' })).toThrowError(InvalidOptionError, /'freeze' for the interval trigger/);
    expect(add({ maxRun: 3 })).toThrowError(InvalidOptionError, /expected one of args, maxRuns, .*got "maxRun"/);
    expect(scheduler.listJobs()).toEqual([]);
  });
});
