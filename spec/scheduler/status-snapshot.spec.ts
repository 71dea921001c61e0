import { Subject, throwError } from 'rxjs';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

describe('Scheduler.statusSnapshot', () => {
  it('is the identical object until the next event of the job', () => {
    const { scheduler, clock } = harness({ logger: false });
    scheduler.addIntervalJob('a', 1000, () => undefined);
    scheduler.addIntervalJob('b', 100, () => undefined);
    const first = scheduler.statusSnapshot('a');
    clock.advanceBySync(500);
    expect(scheduler.statusSnapshot('a')).toBe(first);
    clock.advanceBySync(500);
    const second = scheduler.statusSnapshot('a');
    expect(second).not.toBe(first);
    scheduler.pauseJob('a');
    expect(scheduler.statusSnapshot('a')?.status).toBe('paused');
  });

  it('is as of the last event, whenever it is asked for', () => {
    const { scheduler, clock } = harness({ logger: false });
    scheduler.addIntervalJob('a', 1000, () => undefined);
    clock.advanceBySync(1300);
    expect(scheduler.statusSnapshot('a')).toEqual(
      jasmine.objectContaining({ elapsedTimeMs: 1000, remainingMs: 1000, nextRunTime: NEW_YEAR + 2000, executionCount: 1 }),
    );
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ elapsedTimeMs: 1300, remainingMs: 700 }));
    scheduler.pauseJob('a');
    clock.advanceBySync(5000);
    expect(scheduler.statusSnapshot('a')).toEqual(jasmine.objectContaining({ elapsedTimeMs: 1300, remainingMs: 700, nextRunTime: null }));
  });

  it('changes with every event, also with those that no stream asks for', () => {
    const { scheduler, clock } = harness({ logger: false });
    const values = new Subject<number>();
    scheduler.addIntervalJob('a', 1000, () => values, { overlap: 'allow' });
    const counts: unknown[] = [];
    const look = (): void => {
      const status = scheduler.statusSnapshot('a');
      counts.push([status?.fireCount, status?.activeRuns, status?.nextRunTime]);
    };
    look();
    clock.advanceBySync(1000);
    look();
    values.complete();
    look();
    expect(counts).toEqual([
      [0, 0, NEW_YEAR + 1000],
      [1, 1, NEW_YEAR + 2000],
      [1, 0, NEW_YEAR + 2000],
    ]);
  });

  it('is null for an unknown or removed job, and new for a later job with the same id', () => {
    const { scheduler } = harness({ logger: false });
    expect(scheduler.statusSnapshot('a')).toBeNull();
    scheduler.addIntervalJob('a', 1000, () => undefined);
    const first = scheduler.statusSnapshot('a');
    scheduler.removeJob('a');
    expect(scheduler.statusSnapshot('a')).toBeNull();
    scheduler.addIntervalJob('a', 1000, () => undefined);
    expect(scheduler.statusSnapshot('a')).not.toBe(first);
  });
});

describe('the status of a job', () => {
  it('has the remaining time: frozen on the elapsed axis, unknown on the wall axis while paused', () => {
    const { scheduler, clock } = harness({ logger: false });
    scheduler.addIntervalJob('elapsed', 1000, () => undefined);
    scheduler.addCronJob('wall', '* * * * *', () => undefined);
    const gate = new Subject<boolean>();
    scheduler.addIntervalJob('gated', 1000, () => undefined, { when: gate });
    const remaining = (): unknown[] => scheduler.listJobs().map((jobId) => scheduler.getJobStatus(jobId)?.remainingMs);
    clock.advanceBySync(300);
    expect(remaining()).toEqual([700, 59_700, 1000]);
    scheduler.pauseAll();
    clock.advanceBySync(300);
    expect(remaining()).toEqual([700, null, 1000]);
    scheduler.resumeAll();
    gate.next(true);
    expect(remaining()).toEqual([700, 59_400, 1000]);
    clock.advanceBySync(100);
    gate.next(false);
    clock.advanceBySync(100);
    expect(remaining()).toEqual([500, 59_200, 900]);
    scheduler.removeJob('wall');
    scheduler.addTimestampJob('over', [], () => undefined);
    clock.advanceBySync(0);
    expect(scheduler.getJobStatus('over')?.remainingMs).toBeNull();
  });

  it('counts retries, and remembers the last success beside a later failure', () => {
    const { scheduler, clock } = harness({ logger: false });
    let runs = 0;
    scheduler.addIntervalJob('a', 1000, () => (++runs === 1 ? undefined : throwError(() => new Error('no'))), { retry: 2 });
    expect(scheduler.getJobStatus('a')?.lastSuccessAt).toBeNull();
    clock.advanceBySync(3000);
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ retryCount: 4, lastSuccessAt: NEW_YEAR + 1000 }));
    expect(scheduler.getJobStatus('a')?.lastRun?.outcome).toBe('failed');
  });

  it('keeps the name, message and stack of the last error in JSON, and the error itself in the object', () => {
    const { scheduler, clock } = harness({ logger: false });
    const failure = new RangeError('no');
    scheduler.addOneTimeJob('a', NEW_YEAR, () => throwError(() => failure));
    clock.advanceBySync(0);
    const status = scheduler.getJobStatus('a');
    expect(status?.lastRun?.error).toBe(failure);
    const json = JSON.parse(JSON.stringify(status)) as { lastRun: { outcome: string; error: unknown } };
    expect(json.lastRun).toEqual(
      jasmine.objectContaining({ outcome: 'failed', error: { name: 'RangeError', message: 'no', stack: failure.stack } }),
    );
  });

  it('can be written as JSON whatever a job throws', () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    const evil = new Proxy(new Error('x'), {
      get: () => {
        throw new Error('a getter');
      },
    });
    for (const thrown of [undefined, null, 'text', 5n, Symbol('s'), circular, evil, () => undefined, { code: 5 }]) {
      const { scheduler, clock } = harness({ logger: false });
      scheduler.addOneTimeJob('a', NEW_YEAR, () => throwError(() => thrown));
      clock.advanceBySync(0);
      expect(JSON.stringify(scheduler.getAllStatuses())).toContain('"outcome":"failed"');
    }
  });
});

describe('Scheduler.totals', () => {
  it('adds up the counts of present and removed jobs, and keeps the accounting', () => {
    const { scheduler, clock } = harness({ logger: false });
    expect(scheduler.totals()).toEqual(jasmine.objectContaining({ jobs: 0, removedJobs: 0, fireCount: 0 }));
    scheduler.addIntervalJob('fine', 1000, () => undefined);
    scheduler.addIntervalJob('failing', 1000, () => throwError(() => new Error('no')), { retry: 1 });
    scheduler.addIntervalJob('slow', 1000, () => new Subject());
    clock.advanceBySync(3000);
    const before = scheduler.totals();
    scheduler.removeJob('fine');
    scheduler.removeJob('slow');
    const { jobs, removedJobs, ...after } = scheduler.totals();
    expect([before.jobs, before.removedJobs, jobs, removedJobs]).toEqual([3, 0, 1, 2]);
    expect(after.fireCount).toBe(9);
    expect([after.executionCount, after.retryCount, after.activeRuns]).toEqual([7, 3, 0]);
    const { succeeded, failed, cancelled, skipped, overlap } = after.outcomes;
    expect([succeeded, failed, cancelled, skipped, overlap]).toEqual([3, 3, 1, 2, 2]);
    expect(after.fireCount).toBe(succeeded + failed + cancelled + skipped + after.activeRuns + after.queuedFires);
  });
});
