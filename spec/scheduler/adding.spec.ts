import type { JobRun } from 'extended-scheduler';
import { intervalTrigger } from 'extended-scheduler';
import { Subject, throwError } from 'rxjs';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

describe('Scheduler.addJob', () => {
  it('runs a job by its trigger and returns true', () => {
    const { scheduler, clock, log } = harness();
    expect(scheduler.addJob('a', intervalTrigger(5000), () => undefined)).toBeTrue();
    clock.advanceBySync(5000);
    expect(log.text('a')).toBe('added armed@5000 fired#0 armed@10000 started#0 succeeded#0');
  });

  it('returns false if the id is in use, even by a completed job, and does not touch that job', () => {
    const { scheduler, clock } = harness();
    const runs: string[] = [];
    scheduler.addOneTimeJob('a', NEW_YEAR + 10, () => runs.push('first'));
    expect(scheduler.addIntervalJob('a', 1, () => runs.push('second'))).toBeFalse();
    clock.advanceBySync(100);
    expect(scheduler.addIntervalJob('a', 1, () => runs.push('third'))).toBeFalse();
    clock.advanceBySync(100);
    expect(runs).toEqual(['first']);
  });

  it('accepts any Observable as a trigger: each value is a fire', () => {
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

  it('passes one run to the function, or exactly its args', () => {
    const { scheduler, clock } = harness();
    const calls: unknown[][] = [];
    scheduler.addOneTimeJob('run', NEW_YEAR, (...all: [JobRun]) => calls.push(all));
    scheduler.addOneTimeJob('args', NEW_YEAR, (...all: [string, { key: number }]) => calls.push(all), { args: ['x', { key: 1 }] });
    scheduler.addOneTimeJob('none', NEW_YEAR, (...all: []) => calls.push(all), { args: [] });
    clock.advanceBySync(0);
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
    clock.advanceBySync(1000);
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
    await clock.advanceBy(200);
    expect(frames).toEqual([0, 1, 2]);
  });
});

describe('Scheduler.addIntervalJob', () => {
  it('runs repeatedly, up to maxRuns', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addIntervalJob('heartbeat', { seconds: 2 }, () => undefined, { maxRuns: 2 });
    clock.advanceBySync(60_000);
    expect(log.text()).toBe('added armed@2000 fired#0 armed@4000 started#0 succeeded#0 fired#1 started#1 succeeded#1 completed');
  });

  it('counts started runs for maxRuns, not skipped fires', async () => {
    const { scheduler, clock } = harness();
    scheduler.addIntervalJob('slow', 10, () => new Promise<void>((resolve) => clock.setTimer(clock.now() + 25, resolve)), { maxRuns: 3 });
    await clock.advanceBy(1000);
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
    clock.advanceBySync(10_000);
    expect(at).toEqual([2500, 3500]);
  });
});

describe('Scheduler.addOneTimeJob', () => {
  it('runs once at a Date or epoch ms and completes', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addOneTimeJob('reminder', new Date(NEW_YEAR + 30_000), () => undefined);
    clock.advanceBySync(60_000);
    expect(log.text()).toBe('added armed@30000 fired#0 started#0 succeeded#0 completed');
  });

  it('runs at once if the instant has passed, and warns if it was passed in seconds', () => {
    const { scheduler, clock, lines } = harness();
    const lateness: number[] = [];
    scheduler.addOneTimeJob('late', NEW_YEAR - 5000, (run) => lateness.push(run.fire.firedAt - run.fire.scheduledAt));
    scheduler.addOneTimeJob('seconds', NEW_YEAR / 1000, () => undefined);
    clock.advanceBySync(0);
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
    clock.advanceBySync(7 * 86_400_000);
    expect(at).toEqual(['2026-01-01T14:00:00.000Z', '2026-01-02T14:00:00.000Z']);
  });

  it('is in UTC by default, and begins at startTime', () => {
    const { scheduler, clock } = harness();
    const at: number[] = [];
    scheduler.addCronJob('hourly', '0 * * * *', (run) => at.push((run.fire.scheduledAt - NEW_YEAR) / 3_600_000), {
      startTime: NEW_YEAR + 3 * 3_600_000,
      maxRuns: 2,
    });
    clock.advanceBySync(86_400_000);
    expect(at).toEqual([3, 4]);
  });

  it('completes at once with a warning when its date never comes', () => {
    const { scheduler, lines } = harness();
    scheduler.addCronJob('never', '0 0 30 2 *', () => undefined);
    expect(scheduler.getJobStatus('never')?.status).toBe('completed');
    expect(lines).toContain('warn job "never": completed without a fire: its trigger has no occurrence');
  });
});

describe('what a user may have mixed up', () => {
  it('is named if the arguments are in another order', () => {
    const { scheduler } = harness();
    const job = (): void => undefined;
    expect(() => scheduler.addCronJob('0 9 * * *', 'report', job)).toThrowError(
      'addCronJob(jobId): expected an id, not a cron expression: the order is addCronJob(jobId, expression, job), got "0 9 * * *"',
    );
    expect(() => scheduler.addCronJob('report', job as never, '0 9 * * *' as never)).toThrowError(
      'addCronJob(expression): expected no function: the order is addCronJob(jobId, expression, job), got function job',
    );
    expect(() => scheduler.addIntervalJob('a', job as never, 5000 as never)).toThrowError(
      /the order is addIntervalJob\(jobId, every, job\)/,
    );
    expect(() => scheduler.addOneTimeJob('a', job as never, 5000 as never)).toThrowError(/the order is addOneTimeJob\(jobId, runAt, job\)/);
    expect(() => scheduler.addTimestampJob('a', job as never, [1] as never)).toThrowError(
      /the order is addTimestampJob\(jobId, timestamps, job\)/,
    );
    expect(scheduler.addCronJob('* * * * *', '0 9 * * *', job)).toBeTrue(); // an odd id, but the order is right
  });

  it('leaves a warning if the period was probably meant in seconds: once', () => {
    const { scheduler, lines } = harness();
    scheduler.addIntervalJob('a', 5, () => undefined);
    scheduler.addIntervalJob('b', 5, () => undefined);
    scheduler.addIntervalJob('c', 20, () => undefined);
    expect(lines.filter((line) => line.includes('did you mean'))).toEqual([
      'warn job "a": a period of 5 is 5 ms; did you mean { seconds: 5 }? If not, pass { milliseconds: 5 }',
    ]);
    const other = harness();
    other.scheduler.addIntervalJob('a', { milliseconds: 5 }, () => undefined);
    expect(other.lines.filter((line) => line.startsWith('warn'))).toEqual([]);
  });

  it('leaves a warning if the id is in use', () => {
    const { scheduler, lines } = harness();
    scheduler.addIntervalJob('a', 1000, () => undefined);
    expect(scheduler.addCronJob('a', '* * * * *', () => undefined)).toBeFalse();
    expect(lines.filter((line) => line.startsWith('warn'))).toEqual(['warn job "a": addCronJob did not add it: the id is in use']);
  });

  it('leaves a warning for each retry, with the attempt and its error', () => {
    const { scheduler, clock, lines } = harness();
    scheduler.addOneTimeJob('a', NEW_YEAR, () => throwError(() => new Error('no connection')), { retry: { count: 1, delayMs: 500 } });
    clock.advanceBySync(1000);
    const [line] = lines.filter((one) => one.includes('attempt'));
    expect(line).toContain('warn job "a": attempt 1 of fire 0 failed; attempt 2 starts in 500 ms: Error: no connection');
  });
});
