import { cronTrigger, intervalTrigger, InvalidOptionError, JobTimeoutError, nextFireTimes } from 'extended-scheduler';
import { BehaviorSubject, NEVER, Observable, of, Subject, throwError } from 'rxjs';
import type { Harness } from '../support/scheduler-harness.js';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

const plain = (text: string): string => text.replace(/ armed@\d+/g, '');
const lasting =
  ({ clock }: Harness, ms: number) =>
  (): Promise<void> =>
    new Promise((resolve) => clock.setTimer(clock.now() + ms, resolve));

describe('retry', () => {
  it('retries a failed run, within the same run and fire, after its delay', async () => {
    const { scheduler, clock, log } = harness({ logger: false });
    const at: number[] = [];
    scheduler.addOneTimeJob(
      'a',
      NEW_YEAR,
      (run) => {
        at.push(clock.now() - NEW_YEAR);
        if (run.attempt < 3) throw new Error('not yet');
        return 'done';
      },
      { retry: { count: 5, delayMs: (attempt) => attempt * 100 } },
    );
    await clock.advanceBy(1000);
    expect(plain(log.text())).toBe('added fired#0 started#0 retrying#0 started#0 retrying#0 started#0 emitted#0 succeeded#0 completed');
    expect(at).toEqual([0, 100, 300]);
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ executionCount: 1, fireCount: 1 }));
  });

  it('fails with the last error if no retry is left, with one attempt for each', async () => {
    const { scheduler, clock, log } = harness({ logger: false });
    scheduler.addOneTimeJob('a', NEW_YEAR, (run) => Promise.reject(new Error(`attempt ${String(run.attempt)}`)), { retry: 2 });
    await clock.advanceBy(10);
    expect(plain(log.text())).toBe('added fired#0 started#0 retrying#0 started#0 retrying#0 started#0 failed#0 completed');
    expect(String(scheduler.getJobStatus('a')?.lastRun?.error)).toBe('Error: attempt 3');
  });

  it('is not stopped by a pause, but by removal', async () => {
    const { scheduler, clock, log } = harness({ logger: false });
    scheduler.addOneTimeJob('paused', NEW_YEAR, (run) => (run.attempt === 1 ? Promise.reject(new Error('no')) : 1), {
      retry: { count: 1, delayMs: 100 },
    });
    scheduler.addOneTimeJob('removed', NEW_YEAR, () => Promise.reject(new Error('no')), { retry: { count: 9, delayMs: 100 } });
    await clock.advanceBy(50);
    scheduler.pauseJob('paused');
    scheduler.removeJob('removed');
    await clock.advanceBy(1000);
    expect(plain(log.text('paused'))).toBe('added fired#0 started#0 retrying#0 paused started#0 emitted#0 succeeded#0');
    expect(plain(log.text('removed'))).toBe('added fired#0 started#0 retrying#0 cancelled#0 removed');
    expect(clock.pending.length).toBe(0);
  });

  it('keeps its delays within maxDelayMs, jitters them the same in every run, and survives a delay that throws', async () => {
    const delays = async (): Promise<number[]> => {
      const { scheduler, clock, log } = harness({ logger: false });
      scheduler.addOneTimeJob('a', NEW_YEAR, () => Promise.reject(new Error('no')), {
        retry: { count: 4, delayMs: (attempt) => 10 ** attempt, maxDelayMs: 500, jitterRatio: 0.5 },
      });
      await clock.advanceBy(5000);
      return log.events.flatMap((event) => (event.type === 'retrying' ? [event.delayMs] : []));
    };
    const [first, second] = [await delays(), await delays()];
    expect(first).toEqual(second);
    expect(
      first.every((delay, index) => delay <= Math.min(500, 10 ** (index + 1)) && delay >= Math.min(500, 10 ** (index + 1)) / 2),
    ).toBeTrue();
    const { scheduler, clock, log } = harness({ logger: false });
    scheduler.addOneTimeJob('a', NEW_YEAR, () => Promise.reject(new Error('no')), {
      retry: {
        count: 1,
        delayMs: () => {
          throw new Error('mine');
        },
      },
    });
    await clock.advanceBy(10);
    expect(plain(log.text())).toBe('added fired#0 started#0 retrying#0 started#0 failed#0 completed');
  });
});

describe('timeout', () => {
  it('aborts the signal, unsubscribes, and fails the attempt with a JobTimeoutError', async () => {
    const { scheduler, clock, log } = harness({ logger: false });
    const told: string[] = [];
    scheduler.addOneTimeJob(
      'a',
      NEW_YEAR,
      (run) => {
        run.signal.addEventListener('abort', () => told.push('aborted'));
        return new Observable(() => () => told.push('unsubscribed'));
      },
      { timeout: { milliseconds: 50 } },
    );
    await clock.advanceBy(49);
    expect(told).toEqual([]);
    await clock.advanceBy(1);
    expect(told).toEqual(['aborted', 'unsubscribed']);
    expect(plain(log.text())).toBe('added fired#0 started#0 failed#0 completed');
    expect(scheduler.getJobStatus('a')?.lastRun?.error).toEqual(new JobTimeoutError('a', 50));
  });

  it('is per attempt, and leaves no timer behind a run that ends in time', async () => {
    const all = harness({ logger: false });
    const { scheduler, clock, log } = all;
    scheduler.addOneTimeJob('slow', NEW_YEAR, lasting(all, 80), { timeout: 50, retry: 1 });
    scheduler.addOneTimeJob('quick', NEW_YEAR, lasting(all, 20), { timeout: 50 });
    await clock.advanceBy(30);
    expect(scheduler.getJobStatus('quick')?.status).toBe('completed');
    await clock.advanceBy(500);
    expect(plain(log.text('slow'))).toBe('added fired#0 started#0 retrying#0 started#0 failed#0 completed');
    expect(clock.pending.length).toBe(0);
  });
});

describe('jitter', () => {
  it('delays fires, equally in every run, never up to the next one, and never changes scheduledAt', () => {
    const record = (): { due: number[]; came: number[] } => {
      const { scheduler, clock } = harness();
      const fires = { due: [] as number[], came: [] as number[] };
      scheduler.addCronJob(
        'jittered',
        '* * * * *',
        ({ fire }) => {
          fires.due.push(fire.scheduledAt - NEW_YEAR);
          fires.came.push(fire.firedAt - fire.scheduledAt);
        },
        { jitter: { minutes: 5 } },
      );
      clock.advanceBySync(20.99 * 60_000);
      return fires;
    };
    const first = record();
    expect(record()).toEqual(first);
    expect(first.due).toEqual(Array.from({ length: first.due.length }, (_, minute) => (minute + 1) * 60_000));
    expect(first.due.length).toBeGreaterThanOrEqual(19);
    expect(first.came.every((late) => late >= 0 && late < 60_000)).toBeTrue();
    expect(new Set(first.came).size).toBeGreaterThan(10);
  });

  it('does not count as lateness: misfire skip lets a jittered fire through', () => {
    const { scheduler, clock } = harness();
    scheduler.addCronJob('jittered', '* * * * *', () => undefined, { jitter: { seconds: 30 }, misfire: 'skip', graceMs: 0 });
    clock.advanceBySync(10.5 * 60_000);
    expect(scheduler.getJobStatus('jittered')?.outcomes).toEqual(jasmine.objectContaining({ succeeded: 10, misfire: 0 }));
  });

  it('spreads jobs of the same schedule', () => {
    const { scheduler, clock } = harness();
    const at = new Set<number>();
    for (let job = 0; job < 50; job++)
      scheduler.addCronJob(`job ${String(job)}`, '0 * * * *', (run) => at.add(run.fire.firedAt), { jitter: { minutes: 10 } });
    clock.advanceBySync(3_600_000 + 600_000);
    expect(at.size).toBeGreaterThan(45);
  });
});

describe('spaced', () => {
  it('starts the next period when the run has ended', async () => {
    const all = harness();
    const { scheduler, clock, log } = all;
    scheduler.addIntervalJob('a', 100, lasting(all, 30), { spaced: true, maxRuns: 3 });
    await clock.advanceBy(1000);
    expect(log.text()).toBe(
      'added armed@100 fired#0 started#0 succeeded#0 armed@230 fired#1 started#1 succeeded#1 armed@360 fired#2 started#2 succeeded#2 completed',
    );
  });

  it('applies to a trigger without a job, where the subscriber is the run, and freezes in a pause', async () => {
    const all = harness();
    const { scheduler, clock } = all;
    const at: number[] = [];
    const bare = intervalTrigger(100, { clock, spaced: true }).subscribe(() => {
      at.push(clock.now() - NEW_YEAR);
      clock.block(10);
    });
    clock.advanceBySync(330);
    expect(at).toEqual([100, 210, 320]);
    bare.unsubscribe();
    const start = clock.now();
    const runs: number[] = [];
    scheduler.addIntervalJob(
      'a',
      100,
      (run) => {
        runs.push(run.fire.firedAt - start);
        return lasting(all, 50)();
      },
      { spaced: true },
    );
    await clock.advanceBy(120);
    scheduler.pauseJob('a');
    await clock.advanceBy(1000);
    scheduler.resumeJob('a');
    await clock.advanceBy(150);
    expect(runs[0]).toBe(100);
    expect(runs[1]).toBe(120 + 1000 + 100);
  });

  it('has no grid, so startTime is rejected', () => {
    expect(() => intervalTrigger(100, { spaced: true, startTime: 0 })).toThrowError(InvalidOptionError, /no startTime/);
    expect(nextFireTimes(intervalTrigger(100, { spaced: true }), { from: 0, count: 2 })).toEqual([100, 200]);
  });
});

describe('when', () => {
  it('lets a job fire only while it is open, is closed until its first value, and is in the log', () => {
    const { scheduler, clock, log } = harness();
    const gate = new Subject<boolean>();
    scheduler.addIntervalJob('a', 10, () => undefined, { when: gate });
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ status: 'running', gate: 'closed', nextRunTime: null }));
    clock.advanceBySync(100);
    gate.next(true);
    gate.next(true);
    clock.advanceBySync(15);
    gate.next(false);
    clock.advanceBySync(100);
    gate.next(true);
    clock.advanceBySync(5);
    expect(log.text()).toBe(
      'added gate gate armed@110 fired#0 armed@120 started#0 succeeded#0 gate gate armed@220 fired#1 armed@230 started#1 succeeded#1',
    );
    expect(scheduler.getJobStatus('a')?.elapsedTimeMs).toBe(20);
    scheduler.removeJob('a');
    expect(gate.observed).toBeFalse();
  });

  it('is independent of pauseJob: a job fires only while it is open and the job is not paused', () => {
    const { scheduler, clock } = harness();
    const gate = new BehaviorSubject(true);
    scheduler.addIntervalJob('a', 10, () => undefined, { when: gate });
    const runs = (): number => {
      const before = scheduler.getJobStatus('a')?.executionCount ?? NaN;
      clock.advanceBySync(100);
      return (scheduler.getJobStatus('a')?.executionCount ?? NaN) - before;
    };
    expect(runs()).toBe(10);
    scheduler.pauseJob('a');
    gate.next(false);
    expect(scheduler.resumeJob('a')).toBeTrue();
    expect([scheduler.getJobStatus('a')?.status, runs()]).toEqual(['running', 0]);
    scheduler.pauseJob('a');
    gate.next(true);
    expect([scheduler.getJobStatus('a')?.gate, runs()]).toEqual(['open', 0]);
    scheduler.resumeJob('a');
    expect(runs()).toBe(10);
  });

  it('that completes or errors stays at its last value, and is reported', () => {
    const { scheduler, clock, lines } = harness();
    scheduler.addIntervalJob('completed', 10, () => undefined, { when: of(true) });
    scheduler.addIntervalJob('failed', 10, () => undefined, { when: throwError(() => new Error('no gate')) });
    clock.advanceBySync(20);
    expect(['completed', 'failed'].map((jobId) => scheduler.getJobStatus(jobId)?.executionCount)).toEqual([2, 0]);
    expect(lines).toContain('error job "failed": its gate failed and stays as it is: Error: no gate');
    expect(lines).toContain('info job "completed": its gate completed and stays as it is');
  });

  it('is subscribed once, also when the job is rescheduled', () => {
    const { scheduler, clock } = harness();
    let subscriptions = 0;
    const when = new Observable<boolean>((subscriber) => {
      subscriptions++;
      subscriber.next(true);
    });
    scheduler.addIntervalJob('a', 10, () => undefined, { when });
    scheduler.reschedule('a', intervalTrigger(20));
    clock.advanceBySync(40);
    expect([subscriptions, scheduler.getJobStatus('a')?.executionCount]).toEqual([1, 2]);
  });
});

describe('runNow', () => {
  it('fires once at once, counts the fire, and does not change the schedule', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addIntervalJob('a', 100, () => undefined);
    clock.advanceBySync(50);
    expect(scheduler.runNow('a')).toBeTrue();
    expect(scheduler.getJobStatus('a')?.nextRunTime).toBe(NEW_YEAR + 100);
    clock.advanceBySync(50);
    expect(log.text()).toBe('added armed@100 fired#0 started#0 succeeded#0 fired#1 armed@200 started#1 succeeded#1');
  });

  it('ignores pause and gate, and obeys overlap', () => {
    const { scheduler, log } = harness();
    scheduler.addIntervalJob('paused', 100, () => NEVER, { startPaused: true, when: NEVER });
    expect([scheduler.runNow('paused'), scheduler.runNow('paused')]).toEqual([true, true]);
    expect(log.text()).toBe('added gate paused fired#0 started#0 fired#1 skipped#1(overlap)');
  });

  it('counts for maxRuns, and is false if there is no run left or no such job', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addIntervalJob('a', 100, () => undefined, { maxRuns: 2 });
    clock.advanceBySync(100);
    expect([scheduler.runNow('a'), scheduler.runNow('a'), scheduler.runNow('nobody')]).toEqual([true, false, false]);
    expect(log.text()).toBe('added armed@100 fired#0 armed@200 started#0 succeeded#0 fired#1 started#1 succeeded#1 completed');
    expect(clock.pending.length).toBe(0);
  });
});

describe('reschedule', () => {
  it('replaces the trigger of a job; counts, pause and elapsed time stay', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addIntervalJob('a', 100, () => undefined);
    clock.advanceBySync(150);
    expect(scheduler.reschedule('a', intervalTrigger(30))).toBeTrue();
    clock.advanceBySync(30);
    scheduler.pauseJob('a');
    expect(scheduler.reschedule('a', cronTrigger('* * * * *'))).toBeTrue();
    expect(scheduler.getJobStatus('a')).toEqual(
      jasmine.objectContaining({ status: 'paused', triggerType: 'cron', executionCount: 2, elapsedTimeMs: 180 }),
    );
    scheduler.resumeJob('a');
    expect(log.text()).toBe(
      'added armed@100 fired#0 armed@200 started#0 succeeded#0 rescheduled armed@180 fired#1 armed@210 started#1 succeeded#1 paused rescheduled resumed armed@60000',
    );
  });

  it('at the instant of a fire neither loses nor doubles it', () => {
    const at: string[] = [];
    for (const first of [true, false]) {
      const { scheduler, clock } = harness();
      const mark = (run: { fire: { scheduledAt: number } }): number =>
        at.push(`${first ? 'before' : 'after'} ${String((run.fire.scheduledAt - NEW_YEAR) / 1000)}`);
      const reschedule = (): boolean => scheduler.reschedule('a', cronTrigger('*/20 * * * * *'));
      if (first) scheduler.addOneTimeJob('switch', NEW_YEAR + 60_000, reschedule);
      scheduler.addCronJob('a', '* * * * *', mark);
      if (!first) scheduler.addOneTimeJob('switch', NEW_YEAR + 60_000, reschedule);
      clock.advanceBySync(85_000);
    }
    expect(at).toEqual(['before 60', 'before 80', 'after 60', 'after 80']);
    const { scheduler, clock } = harness();
    let runs = 0;
    scheduler.addIntervalJob(
      'self',
      1000,
      () => {
        if (++runs === 1) scheduler.reschedule('self', intervalTrigger(1000, { startTime: NEW_YEAR }));
      },
      { startTime: NEW_YEAR + 1000 },
    );
    clock.advanceBySync(3000);
    expect(runs).toBe(3);
  });

  it('is false for a job that is completed or unknown', () => {
    const { scheduler, clock } = harness();
    scheduler.addOneTimeJob('a', NEW_YEAR, () => undefined);
    clock.advanceBySync(0);
    expect([scheduler.reschedule('a', intervalTrigger(1)), scheduler.reschedule('b', intervalTrigger(1))]).toEqual([false, false]);
  });
});

describe('drain', () => {
  it('lets active runs end, cancels queued fires, and keeps the id until then', async () => {
    const all = harness();
    const { scheduler, clock, log } = all;
    scheduler.addTimestampJob('a', [0, 1, 2, 500], lasting(all, 50));
    await clock.advanceBy(10);
    expect(scheduler.removeJob('a', { drain: true })).toBeTrue();
    expect([scheduler.listJobs(), scheduler.addIntervalJob('a', 1, () => undefined), scheduler.pauseJob('a')]).toEqual([
      ['a'],
      false,
      false,
    ]);
    await clock.advanceBy(100);
    expect(plain(log.text())).toBe('added fired#0 started#0 fired#1 fired#2 draining cancelled#1 cancelled#2 succeeded#0 removed');
    expect(scheduler.listJobs()).toEqual([]);
  });

  it('may be interrupted by a removal without drain', async () => {
    const all = harness();
    const { scheduler, clock, log } = all;
    scheduler.addOneTimeJob('a', NEW_YEAR, lasting(all, 50));
    await clock.advanceBy(10);
    scheduler.removeJob('a', { drain: true });
    expect([scheduler.removeJob('a'), scheduler.removeJob('a')]).toEqual([true, false]);
    expect(plain(log.text())).toBe('added fired#0 started#0 draining cancelled#0 removed');
  });

  it('of a shutdown waits for the last run, or for the timeout', async () => {
    for (const timeout of [undefined, 30]) {
      const all = harness();
      const { scheduler, clock, log } = all;
      scheduler.addOneTimeJob('a', NEW_YEAR, lasting(all, 50));
      await clock.advanceBy(1);
      let done = NaN;
      void scheduler.shutdown({ drain: true, timeout }).then(() => (done = clock.now() - NEW_YEAR));
      expect(() => scheduler.addIntervalJob('b', 1, () => undefined)).toThrowError(/shut down/);
      await clock.advanceBy(100);
      expect(plain(log.text())).toBe(`added fired#0 started#0 draining ${timeout === undefined ? 'succeeded' : 'cancelled'}#0 removed`);
      expect(done).toBeGreaterThan(0);
      expect(clock.pending.length).toBe(0);
    }
  });
});

describe('the options of policies', () => {
  it('that are wrong are rejected with the place, the value and what is allowed', () => {
    const { scheduler } = harness();
    const add = (options: object) => () => scheduler.addIntervalJob('a', 10, () => undefined, options);
    expect(add({ retry: -1 })).toThrowError(
      InvalidOptionError,
      'addIntervalJob(options.retry.count): expected a whole number from 0, got -1',
    );
    expect(add({ retry: { count: 1, delayMs: -5 } })).toThrowError(InvalidOptionError, /retry\.delayMs/);
    expect(add({ retry: { count: 1, jitterRatio: 2 } })).toThrowError(InvalidOptionError, /from 0 to 1/);
    expect(add({ timeout: 0 })).toThrowError(
      InvalidOptionError,
      /addIntervalJob\(options\.timeout\): expected a finite duration of at least 1 ms, got 0/,
    );
    expect(add({ jitter: -1 })).toThrowError(InvalidOptionError, /jitter/);
    expect(add({ when: 5 })).toThrowError(InvalidOptionError, /when/);
  });
});
