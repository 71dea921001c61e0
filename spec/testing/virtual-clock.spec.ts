import type { JobEvent } from 'extended-scheduler';
import { cronTrigger, intervalTrigger, Scheduler } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { delay, firstValueFrom, interval, Observable, of, take, throwError, timeout, timer, toArray } from 'rxjs';
import { EventLog } from '../support/event-log.js';

const START = Date.UTC(2026, 0);
const HOUR = 3_600_000;

describe('VirtualClock', () => {
  let clock: VirtualClock;
  let scheduler: Scheduler;

  beforeEach(() => {
    clock = new VirtualClock(START);
    scheduler = new Scheduler({ clock, logger: false });
  });

  const runs = (jobId: string): number => scheduler.getJobStatus(jobId)?.executionCount ?? NaN;
  const fires = (): string[] => {
    const seen: string[] = [];
    scheduler.events$.subscribe((event: JobEvent) => {
      if (event.type === 'fired') seen.push(`${String(event.fire.scheduledAt - START)}+${String(event.fire.missedCount)}`);
    });
    return seen;
  };

  it('starts all ten runs of an async job that a synchronous flush would decline', async () => {
    scheduler.addIntervalJob('async', 1000, async () => {
      for (let turn = 0; turn < 50; turn++) await Promise.resolve();
    });
    await clock.advanceBy(10_000);
    expect(scheduler.getJobStatus('async')?.outcomes).toEqual(jasmine.objectContaining({ succeeded: 10, skipped: 0 }));
  });

  it('lets promises settle before the first timer and after the last', async () => {
    let settled = 0;
    void Promise.resolve().then(() => {
      clock.setTimer(clock.now() + 5, () => void Promise.resolve().then(() => settled++));
    });
    await clock.advanceBy(5);
    expect(settled).toBe(1);
  });

  it('fires in order of time, then of insertion, each at its instant', async () => {
    const seen: string[] = [];
    for (const [name, at] of [
      ['b', 20],
      ['a', 10],
      ['b2', 20],
    ] as const)
      clock.setTimer(START + at, () => seen.push(`${name}@${String(clock.now() - START)}`));
    const cancel = clock.setTimer(START + 15, () => seen.push('never'));
    expect(clock.pending).toEqual([START + 10, START + 15, START + 20, START + 20]);
    cancel();
    cancel();
    await clock.advanceTo(START + 25);
    expect(seen).toEqual(['a@10', 'b@20', 'b2@20']);
    expect([clock.now(), clock.pending.length]).toEqual([START + 25, 0]);
  });

  it('advances code without promises at once', () => {
    scheduler.addIntervalJob('tick', 1000, () => undefined, { maxRuns: 5 });
    clock.advanceBySync({ seconds: 2 });
    expect(runs('tick')).toBe(2);
    clock.advanceToSync(new Date(START + 3000));
    expect(runs('tick')).toBe(3);
    clock.runAllSync();
    expect([runs('tick'), clock.now()]).toEqual([5, START + 5000]);
  });

  it('runs until nothing is waiting, or throws if something is endless', async () => {
    scheduler.addIntervalJob('three', 1000, () => Promise.resolve(), { maxRuns: 3 });
    await clock.runAll();
    expect([runs('three'), clock.now()]).toEqual([3, START + 3000]);
    scheduler.addIntervalJob('endless', 1000, () => undefined);
    await expectAsync(clock.runAll({ limit: 50 })).toBeRejectedWithError(/after 50 timers, 1 waiting/);
    expect(runs('endless')).toBe(50);
    expect(() => {
      clock.runAllSync({ limit: 10 });
    }).toThrowError(/after 10 timers/);
    await expectAsync(clock.runAll({ limit: 0 })).toBeRejectedWithError(/runAll\(options.limit\)/);
  });

  it('simulates a sleep: one late fire with a missedCount', async () => {
    const seen = fires();
    scheduler.addIntervalJob('tick', 1000, () => undefined);
    await clock.advanceBy(1500);
    await clock.sleepFor({ hours: 1 });
    expect(seen).toEqual(['1000+0', '3601000+1000']); // the count of the missed ends at 1,000
    await clock.advanceBy(1000);
    expect(seen[2]).toBe('3602000+0');
    clock.sleepForSync(2000);
    expect(seen[3]).toBe('3604000+1');
  });

  it('is a blocked event loop, from inside a job too', async () => {
    const seen = fires();
    scheduler.addIntervalJob('tick', 100, () => {
      clock.block(250);
    });
    await clock.advanceBy(1000);
    expect(seen).toEqual(['100+0', '300+1', '600+2', '800+1']);
    expect(clock.now() - START).toBe(1100);
  });

  it('is a wall clock that is set: elapsed jobs are not moved by a step back, and a step forward is time that has passed', async () => {
    const log = new EventLog(scheduler);
    scheduler.addIntervalJob('elapsed', { minutes: 10 }, () => undefined);
    scheduler.addCronJob('cron', '0 0-23 * * *', () => undefined);
    await clock.advanceBy({ minutes: 5 });
    clock.step({ hours: -1 });
    expect(clock.now()).toBe(START - HOUR + 300_000);
    await clock.advanceBy({ minutes: 5 });
    expect(runs('elapsed')).toBe(1);
    expect(scheduler.getJobStatus('elapsed')?.elapsedTimeMs).toBe(600_000);
    clock.step({ hours: 2 });
    await clock.advanceBy(0);
    expect(log.text('elapsed')).toContain('fired#1+11');
    expect(runs('cron')).toBe(1);
    expect(() => {
      clock.step(NaN);
    }).toThrowError(/step\(duration\)/);
  });

  it("is a scheduler for RxJS: the user's own timer, delay, interval and timeout run on it", async () => {
    const seen: unknown[] = [];
    scheduler.addIntervalJob('slow', { minutes: 1 }, () => timer(2000, clock), { timeout: 1000, maxRuns: 1 });
    scheduler.addIntervalJob('delayed', { minutes: 1 }, () => of('late').pipe(delay(500, clock)), { maxRuns: 1 });
    scheduler.values$('delayed').subscribe((value) => seen.push(value, clock.now() - START));
    interval(10_000, clock)
      .pipe(take(3), toArray())
      .subscribe((all) => seen.push(all, clock.now() - START));
    const late = firstValueFrom(new Observable().pipe(timeout({ each: 5000, scheduler: clock, with: () => of('timed out') })), {
      defaultValue: null,
    });
    const running = timer(0, 100, clock).subscribe();
    await clock.advanceBy(1000);
    running.unsubscribe();
    await clock.advanceBy({ minutes: 2 });
    expect(await late).toBe('timed out');
    expect(seen).toEqual([[0, 1, 2], 30_000, 'late', 60_500]);
    expect(scheduler.getJobStatus('slow')?.lastRun?.error).toEqual(jasmine.objectContaining({ name: 'JobTimeoutError' }));
    expect(clock.pending).toEqual([]);
  });

  it('runs retries with their delays', async () => {
    const log = new EventLog(scheduler);
    scheduler.addOneTimeJob('flaky', START + 1000, () => throwError(() => new Error('no')), { retry: { count: 2, delayMs: 5000 } });
    await clock.runAll();
    expect(clock.now()).toBe(START + 11_000);
    expect(log.text('flaky')).toContain('retrying#0 started#0 retrying#0 started#0 failed#0 completed');
  });

  it('is the clock of bare triggers', async () => {
    const seen: number[] = [];
    intervalTrigger(500, { clock, maxRuns: 2 }).subscribe(({ scheduledAt }) => seen.push(scheduledAt - START));
    cronTrigger('*/2 * * * * *', { clock, maxRuns: 1 }).subscribe(({ scheduledAt }) => seen.push(scheduledAt - START));
    await clock.runAll();
    expect(seen).toEqual([500, 1000, 2000]);
  });

  it('throws errors of timers, and continues with the next call', async () => {
    clock.setTimer(START + 1, () => {
      throw new Error('oops');
    });
    clock.setTimer(START + 2, () => undefined);
    await expectAsync(clock.advanceBy(10)).toBeRejectedWithError('oops');
    await clock.advanceBy(10);
    expect([clock.now(), clock.pending.length]).toEqual([START + 11, 0]);
  });

  it('takes Infinity for never and NaN for at once, and stops what goes round without a delay', async () => {
    const seen: string[] = [];
    timer(Infinity, clock).subscribe(() => seen.push('never'));
    clock.schedule(() => seen.push('at once'), NaN);
    await clock.runAll();
    expect([seen, clock.now()]).toEqual([['at once'], START]);
    const endless = interval(0, clock).subscribe();
    expect(() => {
      clock.advanceBySync(10);
    }).toThrowError(/a million timers without time passing/);
    endless.unsubscribe();
    await expectAsync(clock.sleepFor(-1)).toBeRejectedWithError(/sleepFor\(duration\)/);
    await expectAsync(clock.runAll({ max: 1 } as never)).toBeRejectedWithError(/runAll\(options\): expected one of limit/);
  });

  it('rejects nonsense, the past, and a second call while it advances', async () => {
    expect(() => new VirtualClock(NaN)).toThrowError(/new VirtualClock\(start\)/);
    await expectAsync(clock.advanceBy(-1)).toBeRejectedWithError(/advanceBy\(duration\)/);
    await expectAsync(clock.advanceTo(START - 1)).toBeRejectedWithError(/not before 2026-01-01T00:00:00.000Z/);
    const first = clock.advanceBy(10);
    await expectAsync(clock.advanceBy(10)).toBeRejectedWithError(/already advancing/);
    await first;
    expect(clock.now()).toBe(START + 10);
  });
});
