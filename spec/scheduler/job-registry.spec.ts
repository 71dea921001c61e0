import { customTrigger, Scheduler, SchedulerClosedError, unionTrigger } from 'extended-scheduler';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

describe('Scheduler.removeJob', () => {
  it('cancels active runs, removes the job, and frees its id', async () => {
    const { scheduler, clock, log } = harness();
    let signal: AbortSignal | undefined;
    scheduler.addIntervalJob('a', 10, (run) => {
      signal = run.signal;
      return new Promise<void>((resolve) => clock.setTimer(clock.now() + 500, resolve));
    });
    await clock.advanceBy(15);
    expect(scheduler.removeJob('a')).toBeTrue();
    expect(signal?.aborted).toBeTrue();
    expect([scheduler.getJobStatus('a'), scheduler.listJobs(), scheduler.removeJob('a')]).toEqual([null, [], false]);
    await clock.advanceBy(1000);
    expect(log.text()).toBe('added armed@10 fired#0 armed@20 started#0 cancelled#0 removed');
    expect(scheduler.addIntervalJob('a', 10, () => undefined)).toBeTrue();
  });

  it('cancels queued fires', async () => {
    const { scheduler, clock, log } = harness();
    scheduler.addTimestampJob('a', [0, 1, 2], () => new Promise<void>(() => undefined));
    await clock.advanceBy(10);
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ fireCount: 3, activeRuns: 1, queuedFires: 2 }));
    scheduler.removeJob('a');
    expect(log.text()).toContain('cancelled#0 cancelled#1 cancelled#2 removed');
  });

  it('removes paused and completed jobs too', () => {
    const { scheduler, clock } = harness();
    scheduler.addIntervalJob('paused', 10, () => undefined);
    scheduler.pauseJob('paused');
    scheduler.addOneTimeJob('completed', NEW_YEAR, () => undefined);
    clock.advanceBySync(0);
    expect([scheduler.removeJob('paused'), scheduler.removeJob('completed'), clock.pending.length]).toEqual([true, true, 0]);
  });
});

describe('Scheduler.getJobStatus', () => {
  it('has every field of the manual', () => {
    const { scheduler, clock } = harness();
    scheduler.addIntervalJob('my_job', { seconds: 5 }, () => undefined);
    clock.advanceBySync(25_000);
    expect(scheduler.getJobStatus('my_job')).toEqual({
      jobId: 'my_job',
      status: 'running',
      triggerType: 'interval',
      executionCount: 5,
      elapsedTimeMs: 25_000,
      nextRunTime: NEW_YEAR + 30_000,
      remainingMs: 5000,
      isFinished: false,
      gate: 'open',
      fireCount: 5,
      retryCount: 0,
      activeRuns: 0,
      queuedFires: 0,
      outcomes: {
        succeeded: 5,
        failed: 0,
        cancelled: 0,
        skipped: 0,
        overlap: 0,
        limit: 0,
        superseded: 0,
        misfire: 0,
        paused: 0,
        requested: 0,
      },
      lastRun: { scheduledAt: NEW_YEAR + 25_000, startedAt: NEW_YEAR + 25_000, endedAt: NEW_YEAR + 25_000, outcome: 'succeeded' },
      lastSuccessAt: NEW_YEAR + 25_000,
    });
  });

  it('is null for an unknown job', () => {
    expect(harness().scheduler.getJobStatus('nobody')).toBeNull();
  });

  it('stops the elapsed time of a completed job', () => {
    const { scheduler, clock } = harness();
    scheduler.addOneTimeJob('a', NEW_YEAR + 40, () => undefined);
    clock.advanceBySync(1000);
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
    clock.advanceBySync(100);
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
    clock.advanceBySync(0);
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
    await clock.advanceBy(10);
    await scheduler.shutdown();
    await scheduler.shutdown();
    expect(ended.sort()).toEqual(['events$', 'status$', 'statuses$', 'values$']);
    expect([scheduler.listJobs(), clock.pending.length]).toEqual([[], 0]);
    expect(log.text('a')).toBe('added armed@10 fired#0 armed@20 started#0 cancelled#0 removed');
    expect(log.text('b')).toBe('added armed@60000 removed');
  });

  it('makes addJob throw; other methods behave as without jobs', async () => {
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

describe('a custom trigger in a job', () => {
  it('that errors, goes backwards or returns NaN fails its own job only, and is reported', () => {
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
    clock.advanceBySync(30);
    expect(log.text('nan')).toBe('added trigger-failed completed');
    expect(log.text('union')).toBe('added trigger-failed completed');
    expect(log.text('back')).toBe(
      'added armed@5 fired#0 armed@10 started#0 succeeded#0 fired#1 trigger-failed started#1 succeeded#1 completed',
    );
    expect(scheduler.getJobStatus('healthy')?.executionCount).toBe(3);
    expect(lines.filter((line) => line.startsWith('error')).length).toBe(3);
  });
});
