import type { JobRun } from 'extended-scheduler';
import { intervalTrigger, InvalidOptionError, scheduledJob, Scheduler } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';

describe('scheduledJob', () => {
  let clock: VirtualClock;
  let scheduler: Scheduler;
  let calls: string[];

  beforeEach(() => {
    clock = new VirtualClock(0);
    scheduler = new Scheduler({ clock });
    calls = [];
  });

  it('adds a plain function as a job and returns it', () => {
    const task = (run: JobRun): number => calls.push(`task ${String(run.fire.index)}`);
    expect(scheduledJob(scheduler, 'task', intervalTrigger(10))(task)).toBe(task);
    clock.advanceBySync(20);
    expect(calls).toEqual(['task 0', 'task 1']);
  });

  it('is a standard decorator: an instance method runs on its instance', () => {
    class Service {
      private readonly name = 'service';

      @scheduledJob(scheduler, 'service.refresh', intervalTrigger(10), { maxRuns: 1 })
      refresh(run: JobRun): void {
        calls.push(`${this.name} ${run.jobId}`);
      }

      @scheduledJob(scheduler, 'service.static', intervalTrigger(10), { maxRuns: 1, args: ['x'] })
      static sweep(text: string): void {
        calls.push(`${this.name} ${text}`);
      }
    }
    expect(scheduler.listJobs()).toEqual(['service.static']);
    new Service();
    clock.advanceBySync(100);
    expect(calls).toEqual(['Service x', 'service service.refresh']);
  });

  it('is a legacy decorator for static methods, as compilers call it under experimentalDecorators', () => {
    class Service {
      static label = 'legacy';
      static sweep(): void {
        calls.push(this.label);
      }
    }
    // what __decorate does
    const descriptor = Object.getOwnPropertyDescriptor(Service, 'sweep') ?? {};
    scheduledJob(scheduler, 'sweep', intervalTrigger(10), { maxRuns: 1, args: [] })(Service, 'sweep', descriptor);
    clock.advanceBySync(100);
    expect(calls).toEqual(['legacy']);
    class Instance {
      method(): void {
        calls.push('never');
      }
    }
    expect(() => scheduledJob(scheduler, 'x', intervalTrigger(10))(Instance.prototype, 'method', {})).toThrowError(
      InvalidOptionError,
      /call addJob in the constructor/,
    );
  });

  it('throws for an id in use: a decorated method cannot return false', () => {
    scheduler.addIntervalJob('task', 10, () => undefined);
    expect(() => scheduledJob(scheduler, 'task', intervalTrigger(10))(() => undefined)).toThrowError(
      InvalidOptionError,
      /an id that is not in use/,
    );
  });
});
