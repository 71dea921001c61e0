import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { intervalTrigger, Scheduler } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { wait } from '../support/waiting.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const heapMb = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

describe('memory', () => {
  it('stays flat through 100,000 jobs that are added, run and removed', () => {
    const clock = new VirtualClock(0);
    const scheduler = new Scheduler({ clock, logger: false });
    const cycle = (times: number): void => {
      for (let job = 0; job < times; job++) {
        scheduler.addIntervalJob(`job ${String(job)}`, 1, () => undefined);
        clock.advanceBySync(1);
        scheduler.removeJob(`job ${String(job)}`);
      }
    };
    cycle(10_000);
    const before = heapMb();
    cycle(100_000);
    expect(heapMb() - before).toBeLessThan(1);
    expect(clock.pending.length).toBe(0);
  }, 60_000);

  it('holds no reference to a removed job', async () => {
    const clock = new VirtualClock(0);
    const scheduler = new Scheduler({ clock, logger: false });
    const references = ((): WeakRef<object>[] => {
      const trigger = intervalTrigger(10);
      const job = (): Promise<void> => new Promise(() => undefined);
      scheduler.addJob('a', trigger, job);
      clock.advanceBySync(20);
      scheduler.removeJob('a');
      return [new WeakRef(trigger), new WeakRef(job)];
    })();
    for (let turn = 0; turn < 50 && references.some((reference) => reference.deref() !== undefined); turn++) {
      await wait(5);
      collectGarbage();
    }
    expect(references.map((reference) => reference.deref())).toEqual([undefined, undefined]);
    await scheduler.shutdown();
  });
});
