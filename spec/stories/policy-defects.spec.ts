import type { JobEvent, Scheduler } from 'extended-scheduler';
import { customTrigger, intervalTrigger, InvalidOptionError, oneTimeTrigger } from 'extended-scheduler';
import { BehaviorSubject, EMPTY, Observable, Subject } from 'rxjs';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

const never = (): Promise<never> => new Promise(() => undefined);

/** Calls back at the first event of a type. */
function once(scheduler: Scheduler, type: JobEvent['type'], act: () => unknown): void {
  let done = false;
  scheduler.events$.subscribe((event) => {
    if (event.type !== type || done) return;
    done = true;
    act();
  });
}

describe('of the policies, replace', () => {
  it('does not cancel, or hang on, a run that a listener of a cancellation starts', () => {
    const { scheduler, clock } = harness();
    let extra = 0;
    scheduler.events$.subscribe((event) => {
      if (event.type === 'cancelled' && extra++ < 5) scheduler.runNow('a');
    });
    scheduler.addIntervalJob('a', 100, never, { overlap: 'replace' });
    clock.advanceBySync(200);
    expect(scheduler.getJobStatus('a')?.activeRuns).toBe(1);
  });

  it('queues the new run if a listener of the cancellation pauses the job', () => {
    const { scheduler, clock } = harness();
    once(scheduler, 'cancelled', () => scheduler.pauseJob('a'));
    scheduler.addIntervalJob('a', 100, never, { overlap: 'replace' });
    clock.advanceBySync(200);
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ status: 'paused', activeRuns: 0, queuedFires: 1 }));
  });
});

describe('of the policies, a listener that acts while a job is being set up', () => {
  it('leaves one trigger when it reschedules the job', () => {
    for (const place of ['added', 'gate', 'rescheduled'] as const) {
      const { scheduler, clock } = harness();
      const gate = new BehaviorSubject(true);
      once(scheduler, place, () => scheduler.reschedule('a', intervalTrigger(100)));
      scheduler.addIntervalJob('a', 70, () => 1, place === 'gate' ? { when: gate } : {});
      if (place === 'rescheduled') scheduler.reschedule('a', intervalTrigger(30));
      clock.advanceBySync(300);
      expect(scheduler.getJobStatus('a')?.fireCount).withContext(place).toBe(3);
    }
  });

  it('leaves no trigger and no gate when it removes or ends the job', () => {
    const { scheduler, clock, log } = harness({ logger: false });
    const source = new Subject<number>();
    const gate = new BehaviorSubject(true);
    scheduler.events$.subscribe((event) => {
      if (event.type === 'gate' && event.open) scheduler.removeJob('a');
    });
    scheduler.addJob('a', source, () => 1, { when: gate });
    expect([source.observed, gate.observed, log.text('a')]).toEqual([false, false, 'added gate gate removed']);
    once(scheduler, 'rescheduled', () => scheduler.removeJob('b'));
    scheduler.addIntervalJob('b', 10, () => 1);
    scheduler.reschedule('b', source);
    expect([source.observed, log.text('b')]).toEqual([false, 'added armed@10 rescheduled removed']);
    const other = harness();
    once(other.scheduler, 'added', () => other.scheduler.runNow('c'));
    other.scheduler.addIntervalJob('c', 100, never, { maxRuns: 1, overlap: 'allow' });
    other.clock.advanceBySync(1000);
    expect(other.scheduler.getJobStatus('c')?.executionCount).toBe(1);
    expect(clock.pending.length).toBe(0);
  });

  it('ignores the gate after completed', () => {
    const { scheduler, log } = harness();
    const gate = new BehaviorSubject(true);
    once(scheduler, 'completed', () => gate.next(false));
    scheduler.addJob('a', EMPTY, () => 1, { when: gate });
    expect(log.text()).toMatch(/completed$/);
  });
});

describe('of the policies, runNow from a listener', () => {
  it('lets the present fire go first, and then uses the new state of the job', async () => {
    const first = harness();
    once(first.scheduler, 'fired', () => first.scheduler.runNow('a'));
    first.scheduler.addIntervalJob('a', 100, () => first.scheduler.removeJob('a'));
    first.clock.advanceBySync(100);
    expect(first.log.text()).toMatch(/cancelled#0 removed$/);
    const second = harness();
    once(second.scheduler, 'fired', () => second.scheduler.runNow('a'));
    second.scheduler.addIntervalJob(
      'a',
      100,
      () => new Promise<void>((resolve) => second.clock.setTimer(second.clock.now() + 10, resolve)),
      { maxRuns: 2 },
    );
    await second.clock.advanceBy(1000);
    expect(second.scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ executionCount: 2, status: 'completed' }));
  });

  it('does not make a reschedule swallow the first fire of the new trigger', () => {
    const { scheduler, clock } = harness();
    scheduler.addIntervalJob('a', 1000, () => 1);
    scheduler.runNow('a');
    scheduler.reschedule('a', oneTimeTrigger(clock.now()));
    clock.advanceBySync(10);
    expect(scheduler.getJobStatus('a')?.executionCount).toBe(2);
  });
});

describe('of the policies, reschedule', () => {
  it('from a listener of a fire lets that fire run, even if the new trigger emits nothing', () => {
    const { scheduler, clock } = harness();
    once(scheduler, 'fired', () => scheduler.reschedule('a', new Subject()));
    scheduler.addIntervalJob('a', 100, () => 1);
    clock.advanceBySync(1000);
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ fireCount: 1, executionCount: 1, queuedFires: 0 }));
  });

  it('in the middle of a replay emits the rest of the group first', () => {
    const { scheduler, clock } = harness();
    once(scheduler, 'succeeded', () => scheduler.reschedule('a', intervalTrigger(1000)));
    scheduler.addTimestampJob('a', [10, 20, 30, 40], () => 1);
    clock.sleepForSync(30);
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ fireCount: 3, executionCount: 3, triggerType: 'interval' }));
  });

  it('keeps the order of jobs that are due at the same instant', () => {
    const { scheduler, clock } = harness();
    const order: string[] = [];
    for (const jobId of ['a', 'b']) scheduler.addIntervalJob(jobId, 100, () => order.push(jobId));
    scheduler.reschedule('a', intervalTrigger(100));
    clock.advanceBySync(100);
    expect(order).toEqual(['a', 'b']);
  });
});

describe('of the policies, retry and timeout', () => {
  it('leave nothing behind if delayMs removes the job', async () => {
    const { scheduler, clock, log } = harness({ logger: false });
    const delayMs = (): number => (scheduler.removeJob('a') ? 60_000 : 0);
    scheduler.addOneTimeJob('a', NEW_YEAR, () => Promise.reject(new Error('no')), { retry: { count: 1, delayMs } });
    await clock.advanceBy(1);
    expect(log.text()).toMatch(/cancelled#0 removed$/);
    expect(clock.pending.length).toBe(0);
  });

  it('count a timeout from the start of the attempt, including its synchronous part', async () => {
    const { scheduler, clock } = harness({ logger: false });
    scheduler.addOneTimeJob(
      'a',
      NEW_YEAR,
      () => {
        clock.block(100);
        return new Promise<void>((resolve) => clock.setTimer(clock.now() + 40, resolve));
      },
      { timeout: 50 },
    );
    await clock.advanceBy(500);
    expect(scheduler.getJobStatus('a')?.lastRun?.outcome).toBe('failed');
  });

  it('reject a retry without a count, and null', () => {
    const { scheduler } = harness();
    for (const retry of [{ delayMs: 10 }, null, '3']) {
      expect(() => scheduler.addIntervalJob('a', 10, () => 1, { retry: retry as never })).toThrowError(InvalidOptionError, /retry/);
    }
  });
});

describe('of the policies, a gate whose teardown throws', () => {
  it('does not prevent removal or shutdown', async () => {
    const { scheduler, lines } = harness();
    const when = new Observable<boolean>(() => () => {
      throw new Error('gate teardown');
    });
    for (const jobId of ['a', 'b']) scheduler.addIntervalJob(jobId, 70, () => 1, { when });
    expect([scheduler.removeJob('a'), scheduler.listJobs()]).toEqual([true, ['b']]);
    await scheduler.shutdown();
    expect(scheduler.listJobs()).toEqual([]);
    expect(lines.some((line) => line.startsWith('error job "a": its gate failed'))).toBeTrue();
  });
});

describe('of the policies, jitter', () => {
  it('keeps a fire within its jitter through a pause that ends before it comes', () => {
    const { scheduler, clock } = harness();
    scheduler.addCronJob('a', '* * * * *', () => 1, { jitter: { seconds: 59 } });
    const runAt = scheduler.getJobStatus('a')?.nextRunTime ?? NaN;
    clock.advanceBySync(60_001);
    scheduler.pauseJob('a');
    clock.advanceBySync(1);
    scheduler.resumeJob('a');
    expect(scheduler.getJobStatus('a')?.nextRunTime).toBe(runAt);
  });

  it('does not lose a fire that a custom timetable returned before it threw', () => {
    const { scheduler, clock } = harness({ logger: false });
    const next = (after: number): number => {
      if (after > NEW_YEAR + 5) throw new Error('x');
      return NEW_YEAR + 10;
    };
    scheduler.addJob('a', customTrigger({ next }), () => 1, { jitter: 5 });
    clock.advanceBySync(100);
    expect(scheduler.getJobStatus('a')?.executionCount).toBe(1);
  });
});

describe('of the policies, spaced and drain', () => {
  it('spaced obeys misfire skip, and is not armed again by its removal', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addIntervalJob('late', 100, () => 1, { spaced: true, misfire: 'skip' });
    clock.sleepForSync(60_000);
    expect(log.text('late')).toBe('added armed@100 fired#0 skipped#0(misfire) armed@60100');
    scheduler.addIntervalJob('removed', 100, never, { spaced: true });
    clock.advanceBySync(100);
    scheduler.removeJob('removed');
    expect(log.text('removed')).toMatch(/started#0 cancelled#0 removed$/);
  });

  it('a draining job has no next run, and a later shutdown with a shorter timeout applies', async () => {
    const { scheduler, clock } = harness();
    scheduler.addIntervalJob('a', 100, never);
    await clock.advanceBy(100);
    scheduler.removeJob('a', { drain: true });
    expect(scheduler.getJobStatus('a')?.nextRunTime).toBeNull();
    void scheduler.shutdown({ drain: true, timeout: 10_000 });
    void scheduler.shutdown({ drain: true, timeout: 100 });
    await clock.advanceBy(200);
    expect(scheduler.listJobs()).toEqual([]);
  });
});
