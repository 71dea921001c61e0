import type { Fire, JobOptions, JobRun, Trigger } from 'extended-scheduler';
import { intervalTrigger, JobRegistry, scheduledJob, Scheduler } from 'extended-scheduler';
import { map, Observable, of, Subject } from 'rxjs';

/** True, and nothing else, where both types are the same. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

describe('types', () => {
  it('infer the parameters of a job function from args', () => {
    const scheduler = new Scheduler();
    scheduler.addIntervalJob(
      'a',
      1000,
      (text, count) => {
        const same: [Same<typeof text, string>, Same<typeof count, number>] = [true, true];
        return [same, text, count];
      },
      { args: ['x', 5] },
    );
    scheduler.addCronJob('b', '* * * * *', (text: string, count: number) => `${text}${String(count)}`, { args: ['x', 5], timezone: 'UTC' });
    scheduler.addOneTimeJob('c', 0, () => undefined, { args: [] });
    // @ts-expect-error -- a number is no string
    scheduler.addTimestampJob('d', [1], (text: string) => text, { args: [5] });
    scheduler.addIntervalJob('f', 1000, () => undefined, { args: [1, 'a function may ignore them'] });
    const send = (to: string, count: number): unknown => [to, count];
    // @ts-expect-error -- args are missing
    scheduler.addOneTimeJob('g', 0, send);
    // @ts-expect-error -- args are missing
    scheduler.addJob('h', intervalTrigger(1000), send, { maxRuns: 1 });
    const wrapped = <A extends readonly unknown[]>(job: (...args: A) => unknown, args: readonly [...A]): boolean =>
      scheduler.addJob('i', intervalTrigger(1000), job, { args });
    wrapped(send, ['x', 1]);
    // @ts-expect-error -- one argument is missing
    scheduler.addTimestampJob('e', [1], (text: string, count: number) => [text, count], { args: ['x'] });
    void scheduler.shutdown();
    expect(scheduler.listJobs()).toEqual([]);
  });

  it('give a run without args, with the value of a plain Observable', () => {
    const registry = new JobRegistry();
    registry.addJob('trigger', intervalTrigger(1000), (run) => {
      const same: Same<typeof run, JobRun> = true;
      return [same, run];
    });
    registry.addJob('plain', new Subject<{ id: number }>(), (run) => {
      const same: Same<typeof run.value, { id: number }> = true;
      return [same, run];
    });
    registry.addJob('piped', intervalTrigger(1000).pipe(map((fire) => fire.index)), (run) => {
      const same: Same<typeof run.value, number> = true;
      return [same, run];
    });
    // @ts-expect-error -- an array is no trigger
    expect(() => registry.addJob('array', [1], () => undefined)).toThrow();
    // @ts-expect-error -- an unknown option
    expect(() => registry.addJob('option', of(1), () => undefined, { maxRun: 1 })).toThrow();
    void registry.shutdown();
    expect(registry.listJobs()).toEqual([]);
  });

  it('make a trigger an Observable of fires', () => {
    const trigger: Trigger = intervalTrigger(1000);
    const fires: Observable<Fire> = trigger;
    expect(fires).toBe(trigger);
    // @ts-expect-error -- a trigger does not change
    trigger.type = 'cron';
    expect(trigger).toBeInstanceOf(Observable);
  });
});

describe('the types of scheduledJob', () => {
  it('infer the arguments of a decorated method or a wrapped function', () => {
    const scheduler = new Scheduler();
    class Service {
      @scheduledJob(scheduler, 'a', intervalTrigger(1000), { args: ['x', 5] })
      right(text: string, count: number): unknown {
        return [text, count];
      }

      // @ts-expect-error -- a number is no string
      @scheduledJob(scheduler, 'b', intervalTrigger(1000), { args: [5] })
      wrong(text: string): unknown {
        return text;
      }

      // @ts-expect-error -- without args it is given a run
      @scheduledJob(scheduler, 'c', intervalTrigger(1000))
      run(text: string): unknown {
        return text;
      }
    }
    // @ts-expect-error -- a string is no number
    scheduledJob(scheduler, 'd', intervalTrigger(1000), { args: ['x'] })((count: number) => count);
    new Service();
    expect(scheduler.listJobs()).toEqual(['d', 'a', 'b', 'c']);
    void scheduler.shutdown();
  });

  it('let options be kept in a variable', () => {
    const options: JobOptions = { maxRuns: 1 };
    const scheduler = new Scheduler({ defaults: options });
    expect(scheduler.addIntervalJob('a', 1000, () => undefined, options)).toBeTrue();
    expect(scheduler.addJob('b', intervalTrigger(1000), (run) => run.fire, { ...options })).toBeTrue();
    void scheduler.shutdown();
  });
});
