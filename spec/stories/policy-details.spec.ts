import type { JobDefinition, JobEvent, Trigger } from 'extended-scheduler';
import {
  cronTrigger,
  intervalTrigger,
  InvalidOptionError,
  nextFireTimes,
  oneTimeTrigger,
  runJob,
  Scheduler,
  schedulerClock,
} from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { BehaviorSubject, NEVER, Observable, Subject, VirtualTimeScheduler } from 'rxjs';
import { Planner } from '../../src/jobs/job-plan.js';
import { elapsedAt, LedgerState, reduce, statusOf } from '../../src/jobs/ledger-state.js';
import { epochMs } from '../../src/model/instant.js';
import { TimerQueue } from '../../src/time/timer-queue.js';
import { EventLog } from '../support/event-log.js';
import { Machine } from '../support/machine.js';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

const MINUTE = 60_000;

describe('in detail, jitter', () => {
  it('never moves a fire up to the next occurrence, or before its own', async () => {
    const clock = new VirtualClock(NEW_YEAR);
    const scheduler = new Scheduler({ clock, logger: false });
    const delays: number[] = [];
    scheduler.addJob('a', intervalTrigger(100), ({ fire }) => delays.push(fire.firedAt - fire.scheduledAt), { jitter: 100_000 });
    await clock.advanceBy(100 * 500);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...delays)).toBeLessThan(100);
    expect(Math.max(...delays)).toBeGreaterThan(90); // it does use the room that it has
    expect(delays.length).toBeGreaterThanOrEqual(499);
  });

  for (const misfire of ['once', 'skip', 'all'] as const) {
    it(`is kept by the newest of a late group under misfire '${misfire}': it comes later, on its own`, async () => {
      const clock = new VirtualClock(NEW_YEAR);
      const scheduler = new Scheduler({ clock, logger: false });
      const early: string[] = [];
      let fires = 0;
      scheduler.addCronJob(
        'a',
        '* * * * *',
        ({ fire }) => {
          fires++;
          if (fire.firedAt < (runAt.get(fire.scheduledAt) ?? -Infinity)) early.push(String(fire.scheduledAt));
        },
        { jitter: MINUTE, misfire, overlap: 'queue' },
      );
      // when each occurrence would come by itself
      const runAt = new Map<number, number>();
      const plain = new VirtualClock(NEW_YEAR);
      const other = new Scheduler({ clock: plain, logger: false });
      other.addCronJob('a', '* * * * *', ({ fire }) => runAt.set(fire.scheduledAt, fire.firedAt), { jitter: MINUTE });
      await plain.advanceBy(120 * MINUTE);
      for (let round = 0; round < 20; round++) {
        await clock.sleepFor(3 * MINUTE + round * 1777);
        await clock.advanceBy(MINUTE);
      }
      expect(early).toEqual([]);
      expect(fires).toBeGreaterThan(20);
    });
  }

  it('survives a reschedule: an occurrence that waits for its jitter does not fire at once', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addCronJob('a', '* * * * *', () => undefined, { jitter: MINUTE });
    const runAt = scheduler.getJobStatus('a')?.nextRunTime ?? NaN;
    expect(runAt).toBeGreaterThan(NEW_YEAR + MINUTE + 1);
    clock.advanceBySync(MINUTE + 1);
    scheduler.reschedule('a', cronTrigger('0 0 1 1 *'));
    expect(log.text()).not.toContain('fired');
  });
});

describe('in detail, the jitter of a retry', () => {
  it('depends on the attempt, and is the same in every run of the plan', async () => {
    const delays = async (): Promise<number[]> => {
      const clock = new VirtualClock(NEW_YEAR);
      const scheduler = new Scheduler({ clock, logger: false });
      const found: number[] = [];
      scheduler.events$.subscribe((event) => event.type === 'retrying' && found.push(event.delayMs));
      const job = (): never => {
        throw new Error('no');
      };
      scheduler.addOneTimeJob('a', NEW_YEAR, job, { retry: { count: 5, delayMs: 1000, jitterRatio: 0.5 } });
      await clock.advanceBy(10_000);
      return found;
    };
    const first = await delays();
    expect(new Set(first).size).toBe(5);
    expect(Math.min(...first)).toBeGreaterThanOrEqual(500);
    expect(Math.max(...first)).toBeLessThanOrEqual(1000);
    expect(await delays()).toEqual(first);
  });
});

describe('in detail, nextRunTime', () => {
  it('is null after a reschedule until the new trigger has armed its timer', () => {
    const { scheduler } = harness();
    const seen: (number | null | undefined)[] = [];
    scheduler.addIntervalJob('a', 1000, () => undefined);
    scheduler.events$.subscribe((event) => event.type === 'rescheduled' && seen.push(scheduler.getJobStatus('a')?.nextRunTime));
    scheduler.reschedule('a', new Subject());
    expect([seen, scheduler.getJobStatus('a')?.nextRunTime]).toEqual([[null], null]);
  });

  it('is null after the last run was requested, even if a listener of that fire resumes the job', () => {
    const { scheduler, clock } = harness();
    scheduler.events$.subscribe((event) => {
      if (event.type === 'fired') scheduler.resumeJob('a');
    });
    scheduler.addIntervalJob('a', 1000, () => NEVER, { maxRuns: 1 });
    scheduler.pauseJob('a');
    scheduler.runNow('a');
    expect(scheduler.getJobStatus('a')).toEqual(jasmine.objectContaining({ status: 'running', nextRunTime: null }));
    expect(clock.pending.length).toBe(0);
  });
});

describe('in detail, a one-time trigger for an instant that the clock has shown before', () => {
  it('is not a repetition: a job that reschedules itself in 5 ms, after a step back of 5 ms, runs again', async () => {
    const clock = new VirtualClock(NEW_YEAR);
    const scheduler = new Scheduler({ clock, logger: false });
    let runs = 0;
    scheduler.addOneTimeJob('a', NEW_YEAR + 1000, () => {
      if (runs++ > 0) return;
      clock.step(-5);
      scheduler.reschedule('a', oneTimeTrigger(clock.now() + 5));
    });
    await clock.advanceBy(2000);
    expect(runs).toBe(2);
  });
});

describe('in detail, a gate', () => {
  it('is unsubscribed when the job completes', () => {
    const { scheduler, clock } = harness();
    const gate = new BehaviorSubject(true);
    scheduler.addIntervalJob('a', 10, () => undefined, { maxRuns: 1, when: gate });
    expect(gate.observed).toBeTrue();
    clock.advanceBySync(10);
    expect([scheduler.getJobStatus('a')?.status, gate.observed]).toEqual(['completed', false]);
  });

  it('that is closed stops the elapsed time, in the fold of the events too', () => {
    const { scheduler, clock, log } = harness();
    const gate = new BehaviorSubject(true);
    scheduler.addIntervalJob('a', 1000, () => undefined, { when: gate });
    const folded = (): number => {
      const state = log.events.reduce((sum, event: JobEvent) => reduce(sum, event), new LedgerState('a'));
      return elapsedAt(state, clock.now());
    };
    const elapsed: unknown[] = [];
    for (const open of [false, true, false, true]) {
      clock.advanceBySync(100);
      gate.next(open);
      elapsed.push([scheduler.getJobStatus('a')?.elapsedTimeMs, folded()]);
    }
    clock.advanceBySync(100);
    scheduler.pauseJob('a');
    gate.next(false);
    gate.next(true); // still paused
    clock.advanceBySync(100);
    elapsed.push([scheduler.getJobStatus('a')?.elapsedTimeMs, folded()]);
    expect(elapsed).toEqual([
      [100, 100],
      [100, 100],
      [200, 200],
      [200, 200],
      [300, 300],
    ]);
  });
});

describe('in detail, a job that is removed by a listener', () => {
  for (const drain of [false, true]) {
    it(`of its fire calls no function, and leaves nothing behind${drain ? ', also with drain' : ''}`, () => {
      const { scheduler, clock, log } = harness();
      let calls = 0;
      scheduler.events$.subscribe((event) => {
        if (event.type === 'fired') scheduler.removeJob('a', { drain });
      });
      scheduler.addIntervalJob('a', 10, () => calls++);
      clock.advanceBySync(100);
      expect(log.text()).toBe(`added armed@10 fired#0${drain ? ' draining' : ''} cancelled#0 removed`);
      expect([calls, clock.pending.length, scheduler.listJobs()]).toEqual([0, 0, []]);
    });
  }

  it("of a cancellation by 'replace' cancels the fire that was to take the place, and all other runs", () => {
    const { scheduler, clock, log } = harness();
    scheduler.events$.subscribe((event) => {
      if (event.type === 'cancelled') scheduler.removeJob('a');
    });
    let calls = 0;
    scheduler.addIntervalJob(
      'a',
      10,
      () => {
        calls++;
        return NEVER;
      },
      { overlap: 'replace' },
    );
    clock.advanceBySync(100);
    expect(log.text()).toBe('added armed@10 fired#0 armed@20 started#0 fired#1 armed@30 cancelled#0 cancelled#1 removed');
    expect([calls, clock.pending.length]).toEqual([1, 0]);
  });
});

describe("in detail, spaced with misfire 'skip'", () => {
  it('fires within graceMs, drops later ones, and measures the next period from then', () => {
    for (const [lateMs, text] of [
      [500, 'added armed@1000 fired#0 started#0 succeeded#0 armed@2500'],
      [501, 'added armed@1000 fired#0 skipped#0(misfire) armed@2501'],
    ] as const) {
      const { scheduler, clock, log } = harness();
      scheduler.addIntervalJob('a', 1000, () => undefined, { spaced: true, misfire: 'skip', graceMs: 500 });
      clock.sleepForSync(1000 + lateMs);
      expect(log.text()).toBe(text);
    }
  });
});

describe('in detail, concurrency', () => {
  it('counts fires that wait for a resume like active runs', () => {
    const { scheduler, clock } = harness();
    let pauses = 0;
    scheduler.events$.subscribe((event) => {
      // a listener has paused the job at each fire; the fire waits, and nothing releases it
      if (event.type === 'fired' && pauses++ < 2) scheduler.pauseJob('a');
      if (event.type === 'paused' && pauses < 2) scheduler.resumeJob('a');
    });
    scheduler.addIntervalJob('a', 10, () => NEVER, { overlap: 'allow', concurrency: 2 });
    clock.advanceBySync(10);
    scheduler.pauseJob('a');
    for (let fire = 0; fire < 3; fire++) scheduler.runNow('a');
    const { activeRuns = 0, queuedFires = 0, outcomes } = scheduler.getJobStatus('a') ?? {};
    expect([activeRuns + queuedFires, outcomes?.limit]).toEqual([2, 2]);
  });
});

describe('in detail, a timer that keeps no process alive', () => {
  it('does not count when it is inserted or removed: the host is notified of the other timers only', () => {
    const machine = new Machine();
    const told: boolean[] = [];
    const queue = new TimerQueue(Object.assign(machine, { keepAlive: (alive: boolean) => told.push(alive) }));
    const cancelWeak = queue.delay(1000, () => undefined, true);
    expect(told).toEqual([]);
    const cancelStrong = queue.delay(1000, () => undefined);
    cancelWeak();
    cancelWeak();
    expect(told).toEqual([true]);
    cancelStrong();
    expect(told).toEqual([true, false]);
    queue.delay(10, () => undefined, true);
    machine.steady.advance(10);
    expect(told).toEqual([true, false]);
  });

  it('is every timer of a scheduler without keepAlive, but not the timeout of a run', () => {
    const machine = new Machine();
    const told: boolean[] = [];
    const clock = new TimerQueue(Object.assign(machine, { keepAlive: (alive: boolean) => told.push(alive) }));
    const scheduler = new Scheduler({ clock, keepAlive: false, logger: false });
    scheduler.statuses$.subscribe(() => undefined);
    scheduler.addIntervalJob('a', 10, () => NEVER, { timeout: 1000, maxRuns: 1 });
    expect(told).toEqual([]);
    machine.steady.advance(10);
    expect(told).toEqual([true]);
    machine.steady.advance(1000);
    expect(told).toEqual([true, false]);
  });
});

describe('in detail, an instant', () => {
  it('that no Date can hold is not an instant, in any format', () => {
    for (const ms of [8.64e15, -8.64e15]) {
      expect([epochMs(ms), epochMs({ epochMilliseconds: ms }), epochMs(new Date(ms))]).toEqual([ms, ms, ms]);
    }
    for (const ms of [8.64e15 + 1, -8.64e15 - 1, Infinity, NaN]) {
      const forms = [ms, { epochMilliseconds: ms }, { getTime: () => ms } as Date, { getTime: () => String(ms) } as never];
      for (const form of forms) expect(epochMs(form)).withContext(String(ms)).toBeNaN();
    }
    expect([epochMs({ epochMilliseconds: '5' } as never), epochMs(null as never), epochMs('5' as never), epochMs({} as never)]).toEqual([
      NaN,
      NaN,
      NaN,
      NaN,
    ]);
  });
});

describe('in detail, the log of a job', () => {
  it('has each event once, in the order in which they took effect', () => {
    const { scheduler, clock } = harness();
    const log = new EventLog(scheduler);
    scheduler.addJob('a', oneTimeTrigger(NEW_YEAR + 5), () => 'value');
    clock.advanceBySync(5);
    expect(log.text()).toBe('added armed@5 fired#0 started#0 emitted#0 succeeded#0 completed');
  });
});

describe('in detail, what a trigger was given', () => {
  it('applies to each job of the registry, whatever options other jobs with such a trigger have', () => {
    const { scheduler, clock } = harness();
    const runs = (jobId: string): number | undefined => scheduler.getJobStatus(jobId)?.executionCount;
    scheduler.addJob('plain', intervalTrigger(10), () => undefined);
    scheduler.addJob('two', intervalTrigger(10, { maxRuns: 2 }), () => undefined);
    scheduler.addJob('five', intervalTrigger(10, { maxRuns: 5 }), () => undefined);
    scheduler.addJob('plain too', intervalTrigger(10), () => undefined, {});
    clock.advanceBySync(100);
    expect(['plain', 'two', 'five', 'plain too'].map(runs)).toEqual([10, 2, 5, 10]);
    scheduler.addJob('all', intervalTrigger(10, { misfire: 'all' }), () => undefined);
    scheduler.addJob('once', intervalTrigger(10, { misfire: 'once' }), () => undefined);
    clock.sleepForSync(30);
    expect(['all', 'once'].map((jobId) => scheduler.getJobStatus(jobId)?.fireCount)).toEqual([3, 1]);
  });
});

describe('in detail, nextFireTimes', () => {
  it('rejects unknown options, and a count that is not from 1 to 100,000', () => {
    const trigger = intervalTrigger(1000);
    expect(() => nextFireTimes(trigger, { cuont: 5 } as never)).toThrowError(InvalidOptionError, /expected one of count, from, until/);
    for (const count of [0, -1, 1.5, 100_001, Infinity, NaN])
      expect(() => nextFireTimes(trigger, { count })).toThrowError(InvalidOptionError);
    expect(nextFireTimes(trigger, { count: 1, from: 0 })).toEqual([1000]);
    expect(nextFireTimes(trigger, { count: 100_000, from: 0 })).toHaveSize(100_000);
    expect(nextFireTimes(trigger, { from: 0 })).toHaveSize(10);
  });

  it('stops at maxRuns, at until, which is inclusive, and at the end of the trigger', () => {
    expect(nextFireTimes(intervalTrigger(1000, { maxRuns: 2 }), { from: 0 })).toEqual([1000, 2000]);
    expect(nextFireTimes(intervalTrigger(1000), { from: 0, until: 3000 })).toEqual([1000, 2000, 3000]);
    expect(nextFireTimes(oneTimeTrigger(5), { from: 0 })).toEqual([5]);
  });
});

describe('in detail, retry', () => {
  it('of 0 is none, and a delay of 0 is a delay: nothing is reported', () => {
    const { scheduler, clock, log, lines } = harness();
    const fail = (): never => {
      throw new Error('no');
    };
    scheduler.addOneTimeJob('none', NEW_YEAR, fail, { retry: 0 });
    scheduler.addOneTimeJob('at once', NEW_YEAR, fail, { retry: { count: 1, delayMs: () => 0 } });
    clock.advanceBySync(0);
    expect(log.text('none')).toMatch(/started#0 failed#0 completed$/);
    expect(log.text('at once')).toMatch(/started#0 retrying#0 started#0 failed#0 completed$/);
    expect(lines.filter((line) => line.includes('delayMs'))).toEqual([]);
    expect(() => scheduler.addOneTimeJob('a', NEW_YEAR, fail, { retry: -1 })).toThrowError(InvalidOptionError, /retry\.count/);
  });
});

describe("in detail, misfire 'skip' with jitter", () => {
  it('fires an occurrence within graceMs and drops nothing while the next one waits for its jitter', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addCronJob('a', '* * * * *', () => undefined, { misfire: 'skip', graceMs: 2 * MINUTE, jitter: 50_000 });
    const firstAt = (scheduler.getJobStatus('a')?.nextRunTime ?? NaN) - NEW_YEAR;
    expect(firstAt).toBeGreaterThan(MINUTE);
    clock.sleepForSync(2 * MINUTE); // the second is due by the timetable, but not with its jitter
    expect(log.text()).toMatch(/fired#0 armed@\d+ started#0 succeeded#0$/);
    expect((scheduler.getJobStatus('a')?.nextRunTime ?? NaN) - NEW_YEAR).toBeGreaterThan(2 * MINUTE);
  });
});

describe('in detail, runJob', () => {
  it('that is unsubscribed in a run cancels it, and emits nothing', () => {
    const clock = new VirtualClock(NEW_YEAR);
    const events: string[] = [];
    let cancelled = false;
    const job = runJob({ jobId: 'a', trigger: intervalTrigger(10), job: () => new Observable(() => () => (cancelled = true)) }, { clock });
    const subscription = NEVER.pipe(job).subscribe((event) => events.push(event.type));
    clock.advanceBySync(10);
    subscription.unsubscribe();
    clock.advanceBySync(100);
    expect([events, cancelled, clock.pending]).toEqual([['added', 'armed', 'fired', 'armed', 'started'], true, []]);
  });
});

describe('in detail, a step of the wall clock on a machine', () => {
  /** A machine that knows what has passed, as those of Node and browsers do. */
  function machineWithPassed(): Machine {
    const machine = new Machine();
    machine.wallOffset = NEW_YEAR - machine.steady.now();
    return Object.assign(machine, { passed: () => machine.steady.now() });
  }

  for (const forwardMs of [0, 60 * MINUTE]) {
    it(`is measured by what has passed, not by the last reading: a minute back is a new time${forwardMs > 0 ? ', after a step forward too' : ''}`, () => {
      const machine = machineWithPassed();
      const scheduler = new Scheduler({ clock: new TimerQueue(machine), logger: false });
      const seen: number[] = [];
      scheduler.addCronJob('a', '* * * * *', ({ fire }) => seen.push((fire.scheduledAt - NEW_YEAR) / MINUTE));
      machine.wallOffset += forwardMs;
      machine.steady.advance(MINUTE); // noticed at a wake-up
      machine.steady.block(20_000); // nothing is read meanwhile
      machine.wallOffset -= MINUTE;
      scheduler.getAllStatuses(); // 40 s less than the last reading
      machine.steady.advance(MINUTE);
      const minute = forwardMs / MINUTE + 1;
      expect(seen.filter((at) => at === minute)).toHaveSize(2);
    });
  }
});

describe('in detail, the fire of runNow', () => {
  it('is extra, and leaves nextRunTime as it is, in the fold too; the last one is not', () => {
    const { scheduler, clock, log } = harness();
    scheduler.addIntervalJob('a', 1000, () => undefined, { maxRuns: 3 });
    const folded = (): unknown =>
      statusOf(
        log.events.reduce((sum, event: JobEvent) => reduce(sum, event), new LedgerState('a')),
        0,
        null,
      ).nextRunTime;
    const seen: unknown[] = [];
    for (let run = 0; run < 3; run++) {
      scheduler.runNow('a');
      seen.push([scheduler.getJobStatus('a')?.nextRunTime ?? null, folded()]);
    }
    expect(seen).toEqual([
      [NEW_YEAR + 1000, NEW_YEAR + 1000],
      [NEW_YEAR + 1000, NEW_YEAR + 1000],
      [null, null],
    ]);
    expect(log.events.flatMap((event) => (event.type === 'fired' ? [event.extra] : []))).toEqual([true, true, undefined]);
    expect(clock.pending.length).toBe(0);
  });
});

describe('in detail, the policy of a job', () => {
  it('is one object for all jobs of a kind with arguments only', () => {
    const planner = new Planner();
    const policy = (trigger: Trigger, options?: JobDefinition['options']): unknown =>
      planner.plan({ jobId: 'a', trigger, job: () => undefined, options }).policy;
    const shared = policy(intervalTrigger(10));
    for (const options of [undefined, {}, { args: [] }, { context: 'inherit' as const }, { maxRuns: undefined }]) {
      expect(policy(intervalTrigger(20), options)).toBe(shared);
    }
    for (const options of [{ maxRuns: 5 }, { overlap: 'queue' as const, args: [] }])
      expect(policy(intervalTrigger(20), options)).not.toBe(shared);
    expect(policy(cronTrigger('* * * * *'))).not.toBe(shared);
    expect(policy(intervalTrigger(10, { misfire: 'all' }))).not.toBe(shared);
  });
});

describe('in detail, schedulerClock', () => {
  it('cancels: a cancelled timer does not fire', () => {
    const virtual = new VirtualTimeScheduler();
    const clock = schedulerClock(virtual);
    const fired: string[] = [];
    clock.setTimer(10, () => fired.push('cancelled'))();
    clock.setTimer(-5, () => fired.push('past'));
    clock.setTimer(20, () => fired.push('kept'));
    virtual.flush();
    expect([fired, virtual.now()]).toEqual([['past', 'kept'], 20]);
  });
});

describe('in detail, a machine whose clock is fixed', () => {
  it('loses no elapsed time to fractions of a ms', () => {
    const machine = new Machine();
    machine.now = () => NEW_YEAR;
    let fraction = 0;
    Object.assign(machine, { passed: () => machine.steady.now() + (fraction = (fraction + 0.37) % 1) });
    const scheduler = new Scheduler({ clock: new TimerQueue(machine), logger: false });
    scheduler.addIntervalJob('a', 7, () => undefined);
    scheduler.addIntervalJob('b', 11, () => undefined);
    machine.steady.advance(7700);
    const { fireCount = 0, elapsedTimeMs = 0 } = scheduler.getJobStatus('a') ?? {};
    expect(Math.abs(elapsedTimeMs - 7700)).toBeLessThan(10);
    expect(Math.abs(fireCount - 1100)).toBeLessThan(5);
  });
});
