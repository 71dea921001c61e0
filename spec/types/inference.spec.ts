import { JobRegistry, Scheduler, intervalTrigger } from 'extended-scheduler';
import type { Fire, JobRun, Trigger } from 'extended-scheduler';
import { Observable, Subject, map, of } from 'rxjs';

/** Fails to compile unless the value's type is exactly the one that is asked for. */
function hasType<Expected>() {
  return <Actual>(
    _value: Actual,
    ..._check: [Actual] extends [Expected] ? ([Expected] extends [Actual] ? [] : ['not the same']) : ['not the same']
  ): void => undefined;
}

describe('types', () => {
  it('infer the parameters of a job function from args', () => {
    const scheduler = new Scheduler();
    scheduler.addIntervalJob(
      'a',
      1000,
      (text, count) => {
        hasType<'x'>()(text);
        hasType<5>()(count);
      },
      { args: ['x', 5] },
    );
    scheduler.addCronJob('b', '* * * * *', (text: string, count: number) => `${text}${String(count)}`, { args: ['x', 5], timezone: 'UTC' });
    scheduler.addOneTimeJob('c', 0, () => undefined, { args: [] });
    // @ts-expect-error -- a number is no string
    scheduler.addTimestampJob('d', [1], (text: string) => text, { args: [5] });
    // @ts-expect-error -- one argument is missing
    scheduler.addTimestampJob('e', [1], (text: string, count: number) => [text, count], { args: ['x'] });
    void scheduler.shutdown();
    expect(scheduler.listJobs()).toEqual([]);
  });

  it('give a run without args, with the value of a plain Observable', () => {
    const registry = new JobRegistry();
    registry.addJob('trigger', intervalTrigger(1000), (run) => hasType<JobRun>()(run));
    registry.addJob('plain', new Subject<{ id: number }>(), (run) => hasType<{ id: number }>()(run.value));
    registry.addJob('piped', intervalTrigger(1000).pipe(map((fire) => fire.index)), (run) => hasType<number>()(run.value));
    // @ts-expect-error -- an array is no trigger
    expect(() => registry.addJob('array', [1], () => undefined)).toThrow();
    // @ts-expect-error -- an unknown option
    expect(() => registry.addJob('option', of(1), () => undefined, { maxRun: 1 })).toThrow();
    void registry.shutdown();
    expect(registry.listJobs()).toEqual([]);
  });

  it('make a trigger an Observable of fires', () => {
    const trigger: Trigger = intervalTrigger(1000);
    hasType<Observable<Fire>>()(trigger as Observable<Fire>);
    // @ts-expect-error -- a trigger does not change
    trigger.type = 'cron';
    expect(trigger).toBeInstanceOf(Observable);
  });
});
