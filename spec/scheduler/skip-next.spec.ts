import { customTrigger, intervalTrigger, oneTimeTrigger, timestampTrigger } from 'extended-scheduler';
import { Subject } from 'rxjs';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

describe('Scheduler.skipNext', () => {
  it('moves nextRunTime on at once, and reports the occurrence as skipped at its instant', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addIntervalJob('a', 1000, () => undefined);
    expect(scheduler.skipNext('a')).toBeTrue();
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ nextRunTime: NEW_YEAR + 2000, remainingMs: 2000 }));
    clock.advanceBySync(2000);
    expect(log.text('a')).toBe(
      'added armed@1000 armed@2000 fired#0 skipped#0(requested) armed@2000 fired#1 armed@3000 started#1 succeeded#1',
    );
    expect(scheduler.getJobStatus('a')?.outcomes).toEqual(jasmine.objectContaining({ succeeded: 1, skipped: 1, requested: 1 }));
  });

  it('skips two if it is called twice', () => {
    const { scheduler, clock } = harness();
    const runs: number[] = [];
    scheduler.addIntervalJob('a', 1000, (run) => runs.push(run.fire.index));
    scheduler.skipNext('a');
    scheduler.skipNext('a');
    expect(scheduler.getJobStatus('a')?.nextRunTime).toBe(NEW_YEAR + 3000);
    clock.advanceBySync(4000);
    expect(runs).toEqual([2, 3]);
  });

  it('works while the job is paused, and while its gate is closed', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addIntervalJob('a', 1000, () => undefined, { startPaused: true });
    clock.advanceBySync(5000);
    expect([scheduler.skipNext('a'), scheduler.getJobStatus('a')?.remainingMs, scheduler.getJobStatus('a')?.nextRunTime]).toEqual([
      true,
      2000,
      null,
    ]);
    scheduler.resumeJob('a');
    clock.advanceBySync(2000);
    expect(log.text('a')).toBe(
      'added paused armed@none resumed armed@7000 fired#0 skipped#0(requested) armed@7000 fired#1 armed@8000 started#1 succeeded#1',
    );
  });

  it('leaves the other late occurrences to the misfire policy', () => {
    const { scheduler, clock, log } = harness({ logger: false });
    scheduler.addIntervalJob('a', 1000, () => undefined);
    scheduler.skipNext('a');
    clock.block(3000);
    clock.advanceBySync(0);
    expect(log.text('a')).toBe('added armed@1000 armed@2000 fired#0 skipped#0(requested) fired#1+1 armed@4000 started#1 succeeded#1');
  });

  it('completes a job whose last occurrence it skips', () => {
    const { scheduler, clock, log } = harness({ logger: false });
    scheduler.addOneTimeJob('a', NEW_YEAR + 500, () => undefined);
    expect([scheduler.skipNext('a'), scheduler.getJobStatus('a')?.nextRunTime, scheduler.skipNext('a')]).toEqual([true, null, false]);
    clock.advanceBySync(1000);
    expect(log.text('a')).toBe('added armed@500 armed@none fired#0 skipped#0(requested) completed');
  });

  it('does not count for maxRuns', () => {
    const { scheduler, clock } = harness();
    scheduler.addIntervalJob('a', 1000, () => undefined, { maxRuns: 2 });
    scheduler.skipNext('a');
    clock.advanceBySync(10_000);
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ status: 'completed', executionCount: 2, fireCount: 3 }));
  });

  it('drops its marks with reschedule', () => {
    const { scheduler, clock } = harness();
    scheduler.addIntervalJob('a', 1000, () => undefined);
    scheduler.skipNext('a');
    scheduler.reschedule('a', intervalTrigger(700));
    clock.advanceBySync(700);
    expect(scheduler.getJobStatus('a')?.executionCount).toBe(1);
  });

  it('is false for a spaced job while a run is active, and skips one period else', () => {
    const { scheduler, clock } = harness();
    const run = new Subject<void>();
    scheduler.addIntervalJob('a', 1000, () => run, { spaced: true });
    expect(scheduler.skipNext('a')).toBeTrue();
    clock.advanceBySync(2000);
    expect([scheduler.getJobStatus('a')?.activeRuns, scheduler.skipNext('a')]).toEqual([1, false]);
    run.complete();
    expect(scheduler.getJobStatus('a')?.nextRunTime).toBe(NEW_YEAR + 3000);
  });

  it('is false for an unknown or finished job, and for a plain Observable', () => {
    const { scheduler, clock } = harness({ logger: false });
    scheduler.addTimestampJob('done', [], () => undefined);
    scheduler.addJob('plain', new Subject(), () => undefined);
    clock.advanceBySync(0);
    expect(['nobody', 'done', 'plain'].map((jobId) => scheduler.skipNext(jobId))).toEqual([false, false, false]);
  });

  it('keeps the answers of a random source: what it announces comes', () => {
    const { scheduler, clock } = harness();
    let calls = 0;
    const random = customTrigger({ next: (after) => after + 1000 + ((++calls * 37) % 50) });
    const runs: number[] = [];
    scheduler.addJob('a', random, (run) => runs.push(run.fire.scheduledAt));
    scheduler.skipNext('a');
    const next = scheduler.getJobStatus('a')?.nextRunTime;
    clock.advanceBySync(2500);
    expect(runs).toEqual([next ?? NaN]);
  });

  it('has its effect when a listener of the same fire calls it', () => {
    const { scheduler, clock } = harness();
    const runs: number[] = [];
    scheduler.addJob('a', timestampTrigger([10, 20, 30]), (run) => runs.push(run.fire.index));
    scheduler.events({ types: ['fired'], jobId: 'a' }).subscribe(({ fire }) => {
      if (fire.index === 0) scheduler.skipNext('a');
    });
    clock.block(100); // all three come due together, and fire one by one
    clock.advanceBySync(0);
    expect(runs).toEqual([0, 2]);
    expect(scheduler.getJobStatus('a')?.outcomes.requested).toBe(1);
  });

  it('keeps its mark through a pause on the wall axis, in which the occurrence passes', () => {
    const { scheduler, clock, log } = harness({ logger: false });
    scheduler.addCronJob('a', '* * * * * *', () => undefined);
    scheduler.skipNext('a');
    scheduler.pauseJob('a');
    clock.advanceBySync(3500);
    scheduler.resumeJob('a');
    expect(log.text('a')).toBe(
      'added armed@1000 armed@2000 paused resumed fired#0 skipped#0(requested) fired#1+1 skipped#1(paused) armed@4000',
    );
  });

  it('marks an occurrence for a reschedule to one-time too', () => {
    const { scheduler, clock } = harness({ logger: false });
    scheduler.addIntervalJob('a', 1000, () => undefined);
    scheduler.reschedule('a', oneTimeTrigger(NEW_YEAR + 50));
    expect(scheduler.skipNext('a')).toBeTrue();
    clock.advanceBySync(100);
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ status: 'completed', executionCount: 0, fireCount: 1 }));
  });
});
