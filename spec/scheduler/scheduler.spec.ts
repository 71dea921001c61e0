import type { JobRun } from 'extended-scheduler';
import {
  customTrigger,
  intervalTrigger,
  InvalidCronError,
  InvalidOptionError,
  InvalidTimezoneError,
  InvalidTriggerError,
  Scheduler,
  SchedulerClosedError,
  unionTrigger,
} from 'extended-scheduler';
import { Subject } from 'rxjs';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

describe('Scheduler.addJob', () => {
  it('runs a job by its trigger and returns true', () => {
    const { scheduler, clock, log } = harness();
    expect(scheduler.addJob('a', intervalTrigger(5000), () => undefined)).toBeTrue();
    clock.advance(5000);
    expect(log.text('a')).toBe('added armed@5000 fired#0 armed@10000 started#0 succeeded#0');
  });

  it('returns false when the id is taken, also by a completed job, and leaves that job alone', () => {
    const { scheduler, clock } = harness();
    const runs: string[] = [];
    scheduler.addOneTimeJob('a', NEW_YEAR + 10, () => runs.push('first'));
    expect(scheduler.addIntervalJob('a', 1, () => runs.push('second'))).toBeFalse();
    clock.advance(100);
    expect(scheduler.addIntervalJob('a', 1, () => runs.push('third'))).toBeFalse();
    clock.advance(100);
    expect(runs).toEqual(['first']);
  });

  it('takes any Observable for a trigger: each value is a fire', () => {
    const { scheduler, log } = harness();
    const clicks = new Subject<string>();
    const seen: string[] = [];
    scheduler.addJob('clicks', clicks, (run) => seen.push(`${String(run.fire.index)} ${run.value}`));
    clicks.next('left');
    clicks.next('right');
    clicks.complete();
    expect(seen).toEqual(['0 left', '1 right']);
    expect(log.text()).toBe('added fired#0 started#0 emitted#0 succeeded#0 fired#1 started#1 emitted#1 succeeded#1 completed');
    expect(scheduler.getJobStatus('clicks')?.triggerType).toBe('observable');
  });

  it('gives the function one run, or exactly its args', () => {
    const { scheduler, clock } = harness();
    const calls: unknown[][] = [];
    scheduler.addOneTimeJob('run', NEW_YEAR, (...all: [JobRun]) => calls.push(all));
    scheduler.addOneTimeJob('args', NEW_YEAR, (...all: [string, { key: number }]) => calls.push(all), { args: ['x', { key: 1 }] });
    scheduler.addOneTimeJob('none', NEW_YEAR, (...all: []) => calls.push(all), { args: [] });
    clock.advance(0);
    const [run, args, none] = calls;
    expect((run?.[0] as JobRun).jobId).toBe('run');
    expect((run?.[0] as JobRun).fire).toEqual({ index: 0, scheduledAt: NEW_YEAR, firedAt: NEW_YEAR, missedCount: 0 });
    expect((run?.[0] as JobRun).attempt).toBe(1);
    expect((run?.[0] as JobRun).signal.aborted).toBeFalse();
    expect([args, none]).toEqual([['x', { key: 1 }], []]);
  });
});

describe('Scheduler.addTimestampJob', () => {
  it('runs at the given ms after now, and completes', () => {
    const { scheduler, clock, log } = harness();
    expect(scheduler.addTimestampJob('animation', [0, 100, 200], (run) => run.fire.index)).toBeTrue();
    clock.advance(1000);
    expect(log.text()).toBe(
      'added armed@0 fired#0 armed@100 started#0 emitted#0 succeeded#0 fired#1 armed@200 started#1 emitted#1 succeeded#1 fired#2 started#2 emitted#2 succeeded#2 completed',
    );
  });

  it('queues by default: no frame is lost because one takes long', async () => {
    const { scheduler, clock } = harness();
    const frames: number[] = [];
    scheduler.addTimestampJob('frames', [0, 10, 20], async (run) => {
      await new Promise<void>((resolve) => clock.setTimer(clock.now() + 25, resolve));
      frames.push(run.fire.index);
    });
    await clock.pass(200);
    expect(frames).toEqual([0, 1, 2]);
  });
});

describe('Scheduler.addIntervalJob', () => {
  it('runs again and again, up to maxRuns', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addIntervalJob('heartbeat', { seconds: 2 }, () => undefined, { maxRuns: 2 });
    clock.advance(60_000);
    expect(log.text()).toBe('added armed@2000 fired#0 armed@4000 started#0 succeeded#0 fired#1 started#1 succeeded#1 completed');
  });

  it('counts as maxRuns the runs that were started, not the fires that were declined', async () => {
    const { scheduler, clock } = harness();
    scheduler.addIntervalJob('slow', 10, () => new Promise<void>((resolve) => clock.setTimer(clock.now() + 25, resolve)), { maxRuns: 3 });
    await clock.pass(1000);
    const status = scheduler.getJobStatus('slow');
    expect([status?.executionCount, status?.fireCount, status?.outcomes.overlap, status?.status]).toEqual([3, 7, 4, 'completed']);
  });

  it('begins at startTime', () => {
    const { scheduler, clock } = harness();
    const at: number[] = [];
    scheduler.addIntervalJob('later', 1000, (run) => at.push(run.fire.firedAt - NEW_YEAR), {
      startTime: new Date(NEW_YEAR + 2500),
      maxRuns: 2,
    });
    clock.advance(10_000);
    expect(at).toEqual([2500, 3500]);
  });
});

describe('Scheduler.addOneTimeJob', () => {
  it('runs once at a Date or epoch ms and completes', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addOneTimeJob('reminder', new Date(NEW_YEAR + 30_000), () => undefined);
    clock.advance(60_000);
    expect(log.text()).toBe('added armed@30000 fired#0 started#0 succeeded#0 completed');
  });

  it('runs at once, late, when the instant has passed, and warns when it was given in seconds', () => {
    const { scheduler, clock, lines } = harness();
    const lateness: number[] = [];
    scheduler.addOneTimeJob('late', NEW_YEAR - 5000, (run) => lateness.push(run.fire.firedAt - run.fire.scheduledAt));
    scheduler.addOneTimeJob('seconds', NEW_YEAR / 1000, () => undefined);
    clock.advance(0);
    expect(lateness).toEqual([5000]);
    expect(lines.filter((line) => line.startsWith('warn'))).toEqual([
      'warn job "seconds": runs for 1970-01-21T10:53:45.600Z, more than 20 years ago: was runAt in seconds instead of ms?',
    ]);
  });
});

describe('Scheduler.addCronJob', () => {
  it('runs by the local time of its zone', () => {
    const { scheduler, clock } = harness();
    const at: string[] = [];
    scheduler.addCronJob('open', '0 9 * * MON-FRI', (run) => at.push(new Date(run.fire.scheduledAt).toISOString()), {
      timezone: 'America/New_York',
      maxRuns: 2,
    });
    clock.advance(7 * 86_400_000);
    expect(at).toEqual(['2026-01-01T14:00:00.000Z', '2026-01-02T14:00:00.000Z']);
  });

  it('is in UTC by default, and begins at startTime', () => {
    const { scheduler, clock } = harness();
    const at: number[] = [];
    scheduler.addCronJob('hourly', '0 * * * *', (run) => at.push((run.fire.scheduledAt - NEW_YEAR) / 3_600_000), {
      startTime: NEW_YEAR + 3 * 3_600_000,
      maxRuns: 2,
    });
    clock.advance(86_400_000);
    expect(at).toEqual([3, 4]);
  });

  it('completes at once with a warning when its date never comes', () => {
    const { scheduler, lines } = harness();
    scheduler.addCronJob('never', '0 0 30 2 *', () => undefined);
    expect(scheduler.getJobStatus('never')?.status).toBe('completed');
    expect(lines).toContain('warn job "never": completed without a fire: its trigger has no occurrence');
  });
});

describe('Scheduler.pauseJob and resumeJob', () => {
  it('freeze elapsed time: the remaining delay is kept', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addIntervalJob('a', 1000, () => undefined, { maxRuns: 2 });
    clock.advance(1400);
    expect(scheduler.pauseJob('a')).toBeTrue();
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ status: 'paused', elapsedTimeMs: 1400, nextRunTime: null }));
    clock.advance(10_000);
    expect(scheduler.resumeJob('a')).toBeTrue();
    expect(scheduler.getJobStatus('a')).toEqual(
      jasmine.objectContaining({ status: 'running', elapsedTimeMs: 1400, nextRunTime: NEW_YEAR + 12_000 }),
    );
    clock.advance(600);
    expect(log.text()).toBe(
      'added armed@1000 fired#0 armed@2000 started#0 succeeded#0 paused resumed armed@12000 fired#1 started#1 succeeded#1 completed',
    );
  });

  it("freeze the manual's animation: 500 ms of frames, 2 s of pause, the rest, none lost and none early", () => {
    const { scheduler, clock } = harness();
    const frames: { index: number; at: number }[] = [];
    const timestamps = Array.from({ length: 120 }, (_, frame) => Math.trunc((frame * 1000) / 60));
    scheduler.addTimestampJob('animation_1', timestamps, (run) => frames.push({ index: run.fire.index, at: run.fire.firedAt - NEW_YEAR }));
    clock.advance(500);
    scheduler.pauseJob('animation_1');
    const before = frames.length;
    clock.advance(2000);
    expect(frames.length).toBe(before);
    scheduler.resumeJob('animation_1');
    clock.advance(3000);
    expect(frames.map((frame) => frame.index)).toEqual(timestamps.map((_, index) => index));
    expect(frames.map((frame) => frame.at)).toEqual(timestamps.map((at) => (at <= 500 ? at : at + 2000)));
    expect(scheduler.getJobStatus('animation_1')).toEqual(
      jasmine.objectContaining({ status: 'completed', executionCount: 120, elapsedTimeMs: 1983 }),
    );
  });

  it('drop what a cron job misses, and report it once on resume', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addCronJob('minutely', '* * * * *', () => undefined);
    clock.advance(90_000);
    scheduler.pauseJob('minutely');
    clock.advance(180_000);
    scheduler.resumeJob('minutely');
    expect(log.text()).toBe(
      'added armed@60000 fired#0 armed@120000 started#0 succeeded#0 paused resumed fired#1+2 skipped#1(paused) armed@300000',
    );
  });

  it('catch a one-time job up', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addOneTimeJob('once', NEW_YEAR + 10, () => undefined);
    scheduler.pauseJob('once');
    clock.advance(100);
    scheduler.resumeJob('once');
    clock.advance(0);
    expect(log.text()).toBe('added armed@10 paused resumed armed@100 fired#0 started#0 succeeded#0 completed');
  });

  it('drop the values of a plain Observable, and report them once on resume', () => {
    const { scheduler, log } = harness();
    const source = new Subject<number>();
    scheduler.addJob('plain', source, () => undefined);
    scheduler.pauseJob('plain');
    for (let value = 0; value < 5; value++) source.next(value);
    scheduler.resumeJob('plain');
    source.next(5);
    expect(log.text()).toBe('added paused resumed fired#0+4 skipped#0(paused) fired#1 started#1 succeeded#1');
  });

  it('leave an active run alone, and a paused job does not complete before it is resumed', async () => {
    const { scheduler, clock, log } = harness();
    scheduler.addOneTimeJob('a', NEW_YEAR, () => new Promise<void>((resolve) => clock.setTimer(NEW_YEAR + 50, resolve)));
    await clock.pass(10);
    scheduler.pauseJob('a');
    await clock.pass(100);
    expect(log.text()).toBe('added armed@0 fired#0 started#0 paused succeeded#0');
    scheduler.resumeJob('a');
    expect(scheduler.getJobStatus('a')?.status).toBe('completed');
  });

  it('return false for what does not run, or is not paused', () => {
    const { scheduler, clock } = harness();
    scheduler.addIntervalJob('a', 10, () => undefined);
    scheduler.addOneTimeJob('done', NEW_YEAR, () => undefined);
    clock.advance(0);
    expect([scheduler.pauseJob('nobody'), scheduler.resumeJob('nobody')]).toEqual([false, false]);
    expect([scheduler.resumeJob('a'), scheduler.pauseJob('a'), scheduler.pauseJob('a')]).toEqual([false, true, false]);
    expect([scheduler.pauseJob('done'), scheduler.resumeJob('done')]).toEqual([false, false]);
  });

  it('have forms for all jobs, which return how many changed', () => {
    const { scheduler } = harness();
    for (const jobId of ['a', 'b', 'c']) scheduler.addIntervalJob(jobId, 10, () => undefined);
    scheduler.pauseJob('b');
    expect([scheduler.pauseAll(), scheduler.resumeAll(), scheduler.resumeAll()]).toEqual([2, 3, 0]);
  });
});

describe('Scheduler.removeJob', () => {
  it('cancels what is active, forgets the job, and frees its id', async () => {
    const { scheduler, clock, log } = harness();
    let signal: AbortSignal | undefined;
    scheduler.addIntervalJob('a', 10, (run) => {
      signal = run.signal;
      return new Promise<void>((resolve) => clock.setTimer(clock.now() + 500, resolve));
    });
    await clock.pass(15);
    expect(scheduler.removeJob('a')).toBeTrue();
    expect(signal?.aborted).toBeTrue();
    expect([scheduler.getJobStatus('a'), scheduler.listJobs(), scheduler.removeJob('a')]).toEqual([null, [], false]);
    await clock.pass(1000);
    expect(log.text()).toBe('added armed@10 fired#0 armed@20 started#0 cancelled#0 removed');
    expect(scheduler.addIntervalJob('a', 10, () => undefined)).toBeTrue();
  });

  it('cancels fires that wait', async () => {
    const { scheduler, clock, log } = harness();
    scheduler.addTimestampJob('a', [0, 1, 2], () => new Promise<void>(() => undefined));
    await clock.pass(10);
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ fireCount: 3, activeRuns: 1, queuedFires: 2 }));
    scheduler.removeJob('a');
    expect(log.text()).toContain('cancelled#0 cancelled#1 cancelled#2 removed');
  });

  it('removes paused and completed jobs too', () => {
    const { scheduler, clock } = harness();
    scheduler.addIntervalJob('paused', 10, () => undefined);
    scheduler.pauseJob('paused');
    scheduler.addOneTimeJob('completed', NEW_YEAR, () => undefined);
    clock.advance(0);
    expect([scheduler.removeJob('paused'), scheduler.removeJob('completed'), clock.pending]).toEqual([true, true, 0]);
  });
});

describe('Scheduler.getJobStatus', () => {
  it('has every field of the manual', () => {
    const { scheduler, clock } = harness();
    scheduler.addIntervalJob('my_job', { seconds: 5 }, () => undefined);
    clock.advance(25_000);
    expect(scheduler.getJobStatus('my_job')).toEqual({
      jobId: 'my_job',
      status: 'running',
      triggerType: 'interval',
      executionCount: 5,
      elapsedTimeMs: 25_000,
      nextRunTime: NEW_YEAR + 30_000,
      isFinished: false,
      gate: 'open',
      fireCount: 5,
      activeRuns: 0,
      queuedFires: 0,
      outcomes: { succeeded: 5, failed: 0, cancelled: 0, skipped: 0, overlap: 0, limit: 0, superseded: 0, misfire: 0, paused: 0 },
      lastRun: { scheduledAt: NEW_YEAR + 25_000, startedAt: NEW_YEAR + 25_000, endedAt: NEW_YEAR + 25_000, outcome: 'succeeded' },
    });
  });

  it('is null for an unknown job', () => {
    expect(harness().scheduler.getJobStatus('nobody')).toBeNull();
  });

  it('stops the elapsed time of a completed job', () => {
    const { scheduler, clock } = harness();
    scheduler.addOneTimeJob('a', NEW_YEAR + 40, () => undefined);
    clock.advance(1000);
    expect(scheduler.getJobStatus('a')).toEqual(
      jasmine.objectContaining({ status: 'completed', elapsedTimeMs: 40, nextRunTime: null, isFinished: true }),
    );
  });

  it('is up to date before user code runs: the next fire is armed, the run counted', () => {
    const { scheduler, clock } = harness();
    const seen: unknown[] = [];
    scheduler.addIntervalJob(
      'a',
      10,
      () => {
        const status = scheduler.getJobStatus('a');
        seen.push([status?.executionCount, status?.activeRuns, (status?.nextRunTime ?? NaN) - NEW_YEAR]);
      },
      { maxRuns: 2 },
    );
    clock.advance(100);
    expect(seen).toEqual([
      [1, 1, 20],
      [2, 1, NaN],
    ]);
  });

  it('has the error of the last run', () => {
    const { scheduler, clock } = harness();
    const error = new Error('no');
    scheduler.addOneTimeJob('a', NEW_YEAR, () => {
      throw error;
    });
    clock.advance(0);
    expect(scheduler.getJobStatus('a')?.lastRun).toEqual({
      scheduledAt: NEW_YEAR,
      startedAt: NEW_YEAR,
      endedAt: NEW_YEAR,
      outcome: 'failed',
      error,
    });
  });
});

describe('Scheduler.listJobs and getAllStatuses', () => {
  it('return all jobs in the order in which they were added, whatever their ids', () => {
    const { scheduler } = harness();
    for (const jobId of ['b', 'a', '__proto__', '7']) scheduler.addIntervalJob(jobId, 10, () => undefined);
    expect(scheduler.listJobs()).toEqual(['b', 'a', '__proto__', '7']);
    const statuses = scheduler.getAllStatuses();
    expect(Object.keys(statuses).sort()).toEqual(['7', '__proto__', 'a', 'b']);
    expect(Object.entries(statuses).every(([jobId, status]) => status.jobId === jobId)).toBeTrue();
  });
});

describe('Scheduler.shutdown', () => {
  it('removes all jobs, completes all streams, leaves no timer, and can be called again', async () => {
    const { scheduler, clock, log } = harness();
    const ended: string[] = [];
    scheduler.events$.subscribe({ complete: () => ended.push('events$') });
    scheduler.status$('a').subscribe({ complete: () => ended.push('status$') });
    scheduler.statuses$.subscribe({ complete: () => ended.push('statuses$') });
    scheduler.values$('a').subscribe({ complete: () => ended.push('values$') });
    scheduler.addIntervalJob('a', 10, () => new Promise<void>(() => undefined));
    scheduler.addCronJob('b', '* * * * *', () => undefined);
    await clock.pass(10);
    await scheduler.shutdown();
    await scheduler.shutdown();
    expect(ended.sort()).toEqual(['events$', 'status$', 'statuses$', 'values$']);
    expect([scheduler.listJobs(), clock.pending]).toEqual([[], 0]);
    expect(log.text('a')).toBe('added armed@10 fired#0 armed@20 started#0 cancelled#0 removed');
    expect(log.text('b')).toBe('added armed@60000 removed');
  });

  it('makes addJob throw; everything else answers as for no job', async () => {
    const { scheduler } = harness();
    await scheduler.shutdown();
    expect(() => scheduler.addIntervalJob('a', 10, () => undefined)).toThrowError(SchedulerClosedError, /addJob\("a"\).*shut down/);
    expect([scheduler.pauseJob('a'), scheduler.removeJob('a'), scheduler.getJobStatus('a'), scheduler.pauseAll()]).toEqual([
      false,
      false,
      null,
      0,
    ]);
    const seen: unknown[] = [];
    scheduler.status$('a').subscribe({ next: (status) => seen.push(status), complete: () => seen.push('|') });
    scheduler.statuses$.subscribe({ next: (statuses) => seen.push(statuses), complete: () => seen.push('|') });
    scheduler.events$.subscribe({ complete: () => seen.push('|') });
    expect(seen).toEqual([null, '|', {}, '|', '|']);
  });

  it('is what using and await using call', async () => {
    let seen: Scheduler;
    {
      using scheduler = harness().scheduler;
      scheduler.addIntervalJob('a', 10, () => undefined);
      seen = scheduler;
      expect(seen.listJobs()).toEqual(['a']);
    }
    expect(seen.listJobs()).toEqual([]);
    {
      await using scheduler = harness().scheduler;
      scheduler.addIntervalJob('a', 10, () => undefined);
      seen = scheduler;
    }
    expect(seen.listJobs()).toEqual([]);
  });
});

describe('job options', () => {
  it('removeOnComplete frees the id', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addOneTimeJob('a', NEW_YEAR, () => undefined, { removeOnComplete: true });
    clock.advance(0);
    expect(log.text()).toMatch(/completed removed$/);
    expect(scheduler.listJobs()).toEqual([]);
  });

  it('startPaused adds the job paused', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addIntervalJob('a', 10, () => undefined, { startPaused: true, maxRuns: 1 });
    clock.advance(100);
    scheduler.resumeJob('a');
    clock.advance(10);
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
    clock.advance(100);
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ status: 'paused', executionCount: 1 }));
  });

  it('take the defaults of the scheduler where they are left out or undefined', () => {
    const { scheduler, clock } = harness({ defaults: { maxRuns: 2, removeOnComplete: true } });
    scheduler.addIntervalJob('a', 10, () => undefined, { maxRuns: undefined });
    scheduler.addIntervalJob('b', 10, () => undefined, { maxRuns: 3, removeOnComplete: false });
    clock.advance(100);
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

describe('a custom trigger in a job', () => {
  it('that errors, goes backwards or returns NaN fails its own job, is reported, and nothing else suffers', () => {
    const { scheduler, clock, log, lines } = harness();
    scheduler.addIntervalJob('healthy', 10, () => undefined);
    scheduler.addJob('nan', customTrigger({ next: () => NaN }), () => undefined);
    let calls = 0;
    scheduler.addJob('back', customTrigger({ next: (after) => (++calls > 2 ? after - 5 : after + 5) }), () => undefined);
    scheduler.addJob(
      'union',
      unionTrigger(
        customTrigger({
          next: () => {
            throw new Error('mine');
          },
        }),
      ),
      () => undefined,
    );
    clock.advance(30);
    expect(log.text('nan')).toBe('added trigger-failed completed');
    expect(log.text('union')).toBe('added trigger-failed completed');
    expect(log.text('back')).toBe(
      'added armed@5 fired#0 armed@10 started#0 succeeded#0 fired#1 trigger-failed started#1 succeeded#1 completed',
    );
    expect(scheduler.getJobStatus('healthy')?.executionCount).toBe(3);
    expect(lines.filter((line) => line.startsWith('error')).length).toBe(3);
  });
});
