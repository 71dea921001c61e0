// The manual's job decorator: a method becomes a job where it is defined.
import type { Scheduler } from 'extended-scheduler';
import { intervalTrigger, scheduledJob } from 'extended-scheduler';

/** Creates a class whose instances run a task every minute. */
export function decoratedTask(scheduler: Scheduler, print: (line: string) => void): new () => object {
  return class AutomatedTask {
    private runs = 0;

    @scheduledJob(scheduler, 'AutomatedTask.run', intervalTrigger({ minutes: 1 }), { args: [] })
    run(): void {
      print(`This runs every minute: ${String(++this.runs)}`);
    }
  };
}
