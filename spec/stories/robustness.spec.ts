import type { Logger } from 'extended-scheduler';
import {
  cronTrigger,
  customTrigger,
  intervalTrigger,
  InvalidOptionError,
  InvalidTimezoneError,
  nextFireTimes,
  oneTimeTrigger,
  scheduledJob,
  Scheduler,
  timestampTrigger,
  unionTrigger,
} from 'extended-scheduler';
import { filter, finalize, map, NEVER, Observable, of, Subject, timer } from 'rxjs';
import { unhandledRejections } from '../support/captured.js';
import { word } from '../support/event-log.js';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

const boom = (): never => {
  throw new Error('boom');
};

describe('no user code breaks another job', () => {
  it('a teardown that removes its own job while its run is replaced', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addIntervalJob('a', 10, () => new Observable(() => () => scheduler.removeJob('a')), { overlap: 'replace' });
    clock.advanceBySync(25);
    expect(log.text()).toBe('added armed@10 fired#0 armed@20 started#0 fired#1 armed@30 cancelled#0 cancelled#1 removed');
  });

  it('a trigger whose teardown throws: removeJob and shutdown go through', async () => {
    const { scheduler, log, lines } = harness();
    scheduler.addJob('a', new Observable(() => boom), () => 1);
    scheduler.addJob('b', new Observable(() => boom), () => 1);
    scheduler.addIntervalJob('c', 10, () => 1);
    expect(scheduler.removeJob('a')).toBeTrue();
    await scheduler.shutdown();
    expect(scheduler.listJobs()).toEqual([]);
    expect(log.text('c')).toBe('added armed@10 removed');
    expect(lines.filter((line) => line.startsWith('error')).length).toBe(2);
  });

  it('a run whose Observable throws from its teardown after it has ended', async () => {
    const scheduler = new Scheduler({ logger: false });
    const outcome = new Promise((resolve) => scheduler.events$.subscribe((event) => event.type === 'completed' && resolve(event)));
    scheduler.addOneTimeJob('a', Date.now(), () => timer(5).pipe(finalize(boom)));
    await outcome;
    expect(scheduler.getJobStatus('a')?.outcomes.succeeded).toBe(1);
    await scheduler.shutdown();
  });

  it('a listener that throws, of values$ too, or whose teardown throws at shutdown', async () => {
    const { scheduler, clock, lines } = harness();
    let completed = 0;
    scheduler.values$('a').subscribe(boom);
    scheduler.events$.subscribe({}).add(boom);
    scheduler.status$('a').pipe(finalize(boom)).subscribe();
    scheduler.events$.subscribe({ complete: () => completed++ });
    scheduler.status$('b').subscribe({ complete: () => completed++ });
    scheduler.addIntervalJob('a', 10, () => 1, { maxRuns: 1 });
    clock.advanceBySync(10);
    await scheduler.shutdown();
    expect(completed).toBe(2);
    expect(lines).toContain('error a listener of values$("a") threw: Error: boom');
  });

  it('a logger that throws while a teardown does', () => {
    const logger: Logger = { debug: boom, info: boom, warn: boom, error: boom };
    const { scheduler, clock } = harness({ logger });
    scheduler.addIntervalJob('a', 10, () => new Observable(() => boom));
    clock.advanceBySync(10);
    expect([scheduler.removeJob('a'), scheduler.listJobs()]).toEqual([true, []]);
  });

  it("a listener that ends the run for which 'latest' waited", () => {
    const { scheduler, clock } = harness();
    const end = new Subject<void>();
    let calls = 0;
    scheduler.events$.subscribe((event) => {
      if (event.type === 'fired' && event.fire.index === 2) end.complete();
    });
    scheduler.addIntervalJob('a', 10, () => (calls++ === 0 ? end : undefined), { overlap: 'latest' });
    clock.advanceBySync(100);
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ fireCount: 10, executionCount: 10, queuedFires: 0 }));
  });

  it('a trigger that emits from inside a listener of its own fire: the fires keep their order, and maxRuns its count', () => {
    const { scheduler, log } = harness();
    const source = new Subject<number>();
    scheduler.events$.subscribe((event) => {
      if (event.type === 'fired' && event.fire.index === 0) source.next(2);
    });
    scheduler.addJob('a', source, () => NEVER, { maxRuns: 2, overlap: 'allow' });
    source.next(1);
    expect(log.text()).toBe('added fired#0 started#0 fired#1 started#1');
    expect([scheduler.getJobStatus('a')?.executionCount, source.observed]).toEqual([2, false]);
  });

  it("a pause from a listener of a fire: 'replace' leaves the active run alone until the resume", () => {
    const { scheduler, clock, log } = harness();
    scheduler.events$.subscribe((event) => {
      if (event.type === 'fired' && event.fire.index === 1) scheduler.pauseJob('a');
    });
    scheduler.addIntervalJob('a', 10, () => NEVER, { overlap: 'replace', maxRuns: 2 });
    clock.advanceBySync(100);
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ status: 'paused', activeRuns: 1, queuedFires: 1 }));
    scheduler.resumeJob('a');
    expect(log.text()).toBe('added armed@10 fired#0 armed@20 started#0 fired#1 paused resumed cancelled#0 started#1');
  });

  it("a pause from a listener of what misfire 'skip' dropped: the newest is left for the resume", () => {
    const { scheduler, clock, log } = harness();
    scheduler.events$.subscribe((event) => {
      if (event.type === 'skipped') scheduler.pauseJob('a');
    });
    scheduler.addIntervalJob('a', 10, () => undefined, { misfire: 'skip' });
    clock.sleepForSync(30);
    expect(log.text()).toBe('added armed@10 fired#0+1 skipped#0(misfire) paused');
    scheduler.resumeJob('a');
    clock.advanceBySync(0);
    expect(log.text()).toContain('paused resumed armed@30 fired#1 armed@40 started#1 succeeded#1');
  });

  it('a timetable that throws: the occurrence before it still fires', () => {
    const { scheduler, clock, log } = harness();
    let asked = 0;
    const next = (after: number): number => (++asked === 3 ? boom() : after + 10);
    scheduler.addJob('a', customTrigger({ axis: 'elapsed', next }), () => undefined);
    clock.advanceBySync(100);
    expect(log.text()).toBe('added armed@10 fired#0 armed@20 started#0 succeeded#0 fired#1 trigger-failed started#1 succeeded#1 completed');
  });

  it('an async iterator that breaks its protocol fails its run, and one that has ended is not returned again', async () => {
    const { scheduler, clock, log } = harness({ logger: false });
    let returned = 0;
    const iterable = (result: unknown): object => ({ [Symbol.asyncIterator]: () => ({ next: () => result, return: () => returned++ }) });
    scheduler.addJob('broken', of(1), () => iterable(5));
    scheduler.addJob('ended', of(1), () => iterable({ done: true, value: undefined }));
    await clock.advanceBy(0);
    expect(log.text('broken')).toBe('added fired#0 started#0 failed#0 completed');
    expect(log.text('ended')).toBe('added fired#0 started#0 succeeded#0 completed');
    expect(returned).toBe(0);
  });
});

describe('options that are easy to misuse', () => {
  it('misfireLimit is kept above a thousand, and what is dropped is counted up to a thousand', () => {
    const { scheduler, clock } = harness({ logger: false });
    const counts = { many: 0, firstMissed: NaN };
    scheduler.addIntervalJob('many', 1, () => counts.many++, { misfire: 'all', misfireLimit: 1500 });
    scheduler.addIntervalJob(
      'few',
      1,
      (run) => {
        if (run.fire.index === 0) counts.firstMissed = run.fire.missedCount;
      },
      { misfire: 'all', misfireLimit: 100 },
    );
    clock.sleepForSync(5000);
    expect(counts).toEqual({ many: 1500, firstMissed: 1000 });
  });

  it('a default of whilePaused applies to triggers on a matching axis', () => {
    const { scheduler, clock, log } = harness({ defaults: { whilePaused: 'catch-up' } });
    expect(scheduler.addIntervalJob('elapsed', 10, () => undefined)).toBeTrue();
    scheduler.addCronJob('wall', '* * * * *', () => undefined);
    scheduler.pauseAll();
    clock.advanceBySync(90_000);
    scheduler.resumeAll();
    clock.advanceBySync(0);
    expect(log.text('wall')).toContain('fired#0 armed@120000 started#0 succeeded#0');
  });

  it('reading the timetable of a trigger does not move a job that runs by it', () => {
    const { scheduler, clock } = harness();
    const at: number[] = [];
    const trigger = intervalTrigger(1000);
    scheduler.addJob('a', trigger, (run) => at.push(run.fire.scheduledAt - NEW_YEAR));
    clock.advanceBySync(1500);
    trigger.timetable.first(700);
    clock.advanceBySync(2000);
    expect(at).toEqual([1000, 2000, 3000]);
  });
});

describe('statuses$ with many jobs', () => {
  it('does not emit a job that was removed while the snapshot was taken', () => {
    const { scheduler, clock } = harness({ logger: false });
    for (let job = 0; job < 5000; job++) scheduler.addIntervalJob(`job ${String(job)}`, 3_600_000, () => undefined);
    let shown: readonly string[] = [];
    scheduler.statuses$.subscribe((statuses) => (shown = Object.keys(statuses)));
    scheduler.clock.setTimer(clock.now() + 100, () => {
      scheduler.clock.setTimer(clock.now(), () => scheduler.removeJob('job 0'));
    });
    scheduler.pauseJob('job 4999');
    clock.advanceBySync(1000);
    expect(shown).toEqual(scheduler.listJobs());
  });

  it('writes each event of a log as a word', () => {
    expect(word({ type: 'removed', jobId: 'a', at: 0 })).toBe('removed');
  });
});

describe('async functions where a result is needed at once', () => {
  it('listeners, loggers and timetables that reject are reported or ignored, and do not end the process', async () => {
    const reject = (() => Promise.reject(new Error('async'))) as () => never;
    const { scheduler, clock, lines } = harness();
    const rejections = await unhandledRejections(() => {
      scheduler.events$.subscribe(() => {
        return reject();
      });
      scheduler.addJob('nan', customTrigger({ next: reject }), () => undefined);
      const loud = new Scheduler({ clock, logger: { debug: reject, info: reject, warn: reject, error: reject } });
      loud.addIntervalJob('a', 10, () => undefined, { maxRuns: 1 });
      return clock.advanceBy(20);
    });
    expect(rejections).toEqual([]);
    expect(lines).toContain('error a listener of events$ threw: Error: async');
    expect(scheduler.getJobStatus('nan')?.status).toBe('completed');
  });

  it('listeners behind a pipe are guarded as well', () => {
    const { scheduler, clock, lines } = harness();
    scheduler
      .status$('a')
      .pipe(map((status) => status?.status))
      .pipe(filter((status) => status === 'running'))
      .subscribe(boom);
    scheduler.addIntervalJob('a', 10, () => undefined, { maxRuns: 1 });
    clock.advanceBySync(10);
    expect(lines).toContain('error a listener of status$("a") threw: Error: boom');
  });
});

describe('precedence', () => {
  it('is the job, its trigger, the defaults of the scheduler, the defaults of the trigger', () => {
    const { scheduler, clock } = harness({ logger: false, defaults: { misfire: 'skip', maxRuns: 9 } });
    const runs = (jobId: string): unknown => [scheduler.getJobStatus(jobId)?.fireCount, scheduler.getJobStatus(jobId)?.outcomes.misfire];
    scheduler.addJob('job', intervalTrigger(10, { misfire: 'once' }), () => undefined, { misfire: 'all' });
    scheduler.addJob('trigger', intervalTrigger(10, { misfire: 'once' }), () => undefined);
    scheduler.addJob('defaults', intervalTrigger(10), () => undefined);
    clock.sleepForSync(30);
    expect(['job', 'trigger', 'defaults'].map(runs)).toEqual([
      [3, 0],
      [1, 0],
      [2, 1],
    ]);
    scheduler.addJob('most', intervalTrigger(10, { maxRuns: 2 }), () => undefined, { maxRuns: 5 });
    scheduler.addJob('its own', intervalTrigger(10, { maxRuns: 2 }), () => undefined);
    clock.advanceBySync(1000);
    expect(['most', 'its own', 'defaults'].map((jobId) => scheduler.getJobStatus(jobId)?.executionCount)).toEqual([5, 2, 9]);
  });

  it('of a union is the most careful of its children', () => {
    const { scheduler, clock } = harness();
    scheduler.addJob('a', unionTrigger(oneTimeTrigger(NEW_YEAR + 20), cronTrigger('0 0 1 1 *')), () => undefined);
    scheduler.pauseJob('a');
    clock.advanceBySync(100);
    scheduler.resumeJob('a');
    clock.advanceBySync(0);
    expect(scheduler.getJobStatus('a')?.executionCount).toBe(1);
  });
});

describe('typing errors', () => {
  it('are rejected in every options object', () => {
    const { scheduler } = harness();
    const job = (): void => undefined;
    const slips: (() => unknown)[] = [
      () => cronTrigger('0 9 * * *', { timeZone: 'UTC' } as never),
      () => cronTrigger('0 9 * * *', { dst: 'skip' } as never),
      () => cronTrigger('0 9 * * *', { dst: { gaps: 'skip' } } as never),
      () => intervalTrigger(1000, { maxRun: 2 } as never),
      () => intervalTrigger(1000, { immediate: 'yes' } as never),
      () => timestampTrigger([1], { overlap: 'skip' } as never),
      () => nextFireTimes(intervalTrigger(10), { count: Infinity }),
      () => new Scheduler({ log: false } as never),
      () => new Scheduler({ logger: {} } as never),
      () => new Scheduler({ clock: Date } as never),
      () => new Scheduler({ defaults: { maxRuns: 0 } }),
      () => new Scheduler(null as never),
      () => scheduler.addIntervalJob('a', 10, job, null as never),
      () => scheduler.addCronJob('a', '* * * * *', job, 5 as never),
      () => scheduler.addCronJob('a', '* * * * *', job, { timeZone: 'UTC' } as never),
      () => scheduledJob({} as never, 'a', intervalTrigger(10)),
    ];
    for (const slip of slips) expect(slip).withContext(slip.toString()).toThrowError(InvalidOptionError);
    expect(() => cronTrigger('0 9 * * *', { timezone: null as never })).toThrowError(InvalidTimezoneError);
    expect(() => slips.at(-2)?.()).toThrowError(/one of args, .*timezone, startTime, endTime, since, dst, got "timeZone"/);
    expect(scheduler.listJobs()).toEqual([]);
  });
});
