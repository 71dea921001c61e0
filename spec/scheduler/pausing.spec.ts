import { Subject } from 'rxjs';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

describe('Scheduler.pauseJob and resumeJob', () => {
  it('freeze elapsed time: the remaining delay is kept', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addIntervalJob('a', 1000, () => undefined, { maxRuns: 2 });
    clock.advanceBySync(1400);
    expect(scheduler.pauseJob('a')).toBeTrue();
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ status: 'paused', elapsedTimeMs: 1400, nextRunTime: null }));
    clock.advanceBySync(10_000);
    expect(scheduler.resumeJob('a')).toBeTrue();
    expect(scheduler.getJobStatus('a')).toEqual(
      jasmine.objectContaining({ status: 'running', elapsedTimeMs: 1400, nextRunTime: NEW_YEAR + 12_000 }),
    );
    clock.advanceBySync(600);
    expect(log.text()).toBe(
      'added armed@1000 fired#0 armed@2000 started#0 succeeded#0 paused resumed armed@12000 fired#1 started#1 succeeded#1 completed',
    );
  });

  it("freeze the manual's animation: 500 ms of frames, 2 s of pause, the rest, none lost and none early", () => {
    const { scheduler, clock } = harness();
    const frames: { index: number; at: number }[] = [];
    const timestamps = Array.from({ length: 120 }, (_, frame) => Math.trunc((frame * 1000) / 60));
    scheduler.addTimestampJob('animation_1', timestamps, (run) => frames.push({ index: run.fire.index, at: run.fire.firedAt - NEW_YEAR }));
    clock.advanceBySync(500);
    scheduler.pauseJob('animation_1');
    const before = frames.length;
    clock.advanceBySync(2000);
    expect(frames.length).toBe(before);
    scheduler.resumeJob('animation_1');
    clock.advanceBySync(3000);
    expect(frames.map((frame) => frame.index)).toEqual(timestamps.map((_, index) => index));
    expect(frames.map((frame) => frame.at)).toEqual(timestamps.map((at) => (at <= 500 ? at : at + 2000)));
    expect(scheduler.getJobStatus('animation_1')).toEqual(
      jasmine.objectContaining({ status: 'completed', executionCount: 120, elapsedTimeMs: 1983 }),
    );
  });

  it('drop what a cron job misses, and report it once on resume', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addCronJob('minutely', '* * * * *', () => undefined);
    clock.advanceBySync(90_000);
    scheduler.pauseJob('minutely');
    clock.advanceBySync(180_000);
    scheduler.resumeJob('minutely');
    expect(log.text()).toBe(
      'added armed@60000 fired#0 armed@120000 started#0 succeeded#0 paused resumed fired#1+2 skipped#1(paused) armed@300000',
    );
  });

  it('catch a one-time job up', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addOneTimeJob('once', NEW_YEAR + 10, () => undefined);
    scheduler.pauseJob('once');
    clock.advanceBySync(100);
    scheduler.resumeJob('once');
    clock.advanceBySync(0);
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

  it('do not affect an active run, and a paused job completes only after its resume', async () => {
    const { scheduler, clock, log } = harness();
    scheduler.addOneTimeJob('a', NEW_YEAR, () => new Promise<void>((resolve) => clock.setTimer(NEW_YEAR + 50, resolve)));
    await clock.advanceBy(10);
    scheduler.pauseJob('a');
    await clock.advanceBy(100);
    expect(log.text()).toBe('added armed@0 fired#0 started#0 paused succeeded#0');
    scheduler.resumeJob('a');
    expect(scheduler.getJobStatus('a')?.status).toBe('completed');
  });

  it('return false for a job that is not running, or not paused', () => {
    const { scheduler, clock } = harness();
    scheduler.addIntervalJob('a', 10, () => undefined);
    scheduler.addOneTimeJob('done', NEW_YEAR, () => undefined);
    clock.advanceBySync(0);
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
