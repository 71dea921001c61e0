import { JobTimeoutError, Scheduler } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { TimerQueue } from '../../src/time/timer-queue.js';
import { Machine } from '../support/machine.js';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 5, 1, 12);

/** A run that takes this long on a monotonic clock. */
function lasting(clock: VirtualClock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.schedule(() => resolve(), ms));
}

describe('timeouts and delays within a run', () => {
  for (const [way, byMs] of Object.entries({ forward: HOUR, back: -HOUR, 'a little back': -5 })) {
    it(`are not changed by a clock that is set ${way}: neither a timeout nor the delay of a retry`, async () => {
      const clock = new VirtualClock(NOON);
      const scheduler = new Scheduler({ clock, logger: false });
      const attempts: number[] = [];
      scheduler.addOneTimeJob('healthy', NOON, () => lasting(clock, 800), { timeout: { seconds: 30 } });
      scheduler.addOneTimeJob('hanging', NOON, () => new Promise(() => undefined), { timeout: { seconds: 2 } });
      scheduler.addOneTimeJob(
        'retried',
        NOON,
        () => {
          attempts.push(clock.passed());
          throw new Error('no');
        },
        { retry: { count: 1, delayMs: 1000 } },
      );
      await clock.advanceBy(200);
      clock.step(byMs);
      await clock.advanceBy(1799);
      expect(scheduler.getJobStatus('healthy')?.outcomes.succeeded).toBe(1);
      expect(attempts).toEqual([0, 1000]);
      expect(scheduler.getJobStatus('hanging')?.activeRuns).toBe(1);
      await clock.advanceBy(1);
      expect(scheduler.getJobStatus('hanging')?.lastRun?.error).toBeInstanceOf(JobTimeoutError);
    });
  }

  it('keep the limit of a draining shutdown, too', async () => {
    const clock = new VirtualClock(NOON);
    const scheduler = new Scheduler({ clock, logger: false });
    scheduler.addOneTimeJob('slow', NOON, () => lasting(clock, 5000));
    await clock.advanceBy(0);
    const result = scheduler.shutdown({ drain: true, timeout: { seconds: 30 } });
    clock.step(HOUR);
    await clock.advanceBy(6000);
    expect(await result).toEqual({ drained: ['slow'], cancelled: [] });
  });

  it('use the wall clock if the host has no other', () => {
    const machine = new Machine();
    const scheduler = new Scheduler({ clock: new TimerQueue(machine), logger: false });
    scheduler.addOneTimeJob('hanging', machine.now(), () => new Promise(() => undefined), { timeout: { seconds: 2 } });
    machine.steady.advance(1999);
    expect(scheduler.getJobStatus('hanging')?.outcomes.failed).toBe(0);
    machine.steady.advance(1);
    expect(scheduler.getJobStatus('hanging')?.outcomes.failed).toBe(1);
  });
});

describe('a clock whose passed() has fractions of a ms', () => {
  it('is not confused with one that is set back', () => {
    // readings are cut to whole ms, as Date.now() cuts them; what has passed is not
    let time = 0.25;
    const timers = new Map<() => void, number>();
    const clock = {
      now: () => NOON + Math.floor(time),
      passed: () => time,
      setTimer: (at: number, callback: () => void) => {
        timers.set(callback, at - NOON);
        return () => timers.delete(callback);
      },
    };
    const queue = new TimerQueue({ ...clock, real: false, report: fail });
    for (let step = 0; step < 1000; step++) {
      time += 0.77;
      queue.now();
    }
    expect(queue.steady()).toBe(queue.now());
    time -= 0;
    const before = queue.steady();
    const { now } = clock;
    clock.now = () => now() - 5000;
    const set = new TimerQueue({ real: false, report: fail, now: () => clock.now(), passed: clock.passed, setTimer: clock.setTimer });
    expect(set.steady()).toBe(before - 5000);
  });
});

describe('the timers of a clock', () => {
  it('are never set for NaN, which would break the order of the others', () => {
    const clock = new VirtualClock(NOON);
    const scheduler = new Scheduler({ clock, logger: false });
    expect(() => scheduler.clock.setTimer(NaN, () => undefined)).toThrowError(/setTimer\(at\): expected an instant in epoch ms, got NaN/);
  });
});
