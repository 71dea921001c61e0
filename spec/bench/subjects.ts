// What is measured: this package and its peers, each behind the same two calls.
import { Cron } from 'croner';
import { intervalTrigger, Scheduler } from 'extended-scheduler';
import type { Subscription } from 'rxjs';
import { catchError, concatMap, defer, EMPTY, filter, interval, of, tap } from 'rxjs';

/** A scheduler under measurement. */
export interface Subject {
  /** Runs the job each second from now; `at` spreads the starts. Returns what stops it. */
  everySecond?: (id: string, job: () => void) => void;
  /** Runs the job every `periodMs`. */
  every?: (id: string, periodMs: number, job: () => void) => void;
  /** Runs the job by a cron expression in New York. */
  cron?: (id: string, expression: string, job: () => void) => void;
  stop?: (id: string) => void;
}

export type MakeSubject = () => Subject | Promise<Subject>;

/** Where cron jobs are measured. */
export const ZONE = 'America/New_York';

function ours(slackMs: number, listen: (scheduler: Scheduler) => unknown = () => undefined): Subject {
  const scheduler = new Scheduler({ slackMs });
  listen(scheduler);
  return {
    every: (id, periodMs, job) => scheduler.addIntervalJob(id, periodMs, job),
    cron: (id, expression, job) => scheduler.addCronJob(id, expression, job, { timezone: ZONE }),
    stop: (id) => scheduler.removeJob(id),
  };
}

/** One self-rescheduling setTimeout a job: what people write by hand. It drifts, and by that its timers gather in ever fewer wake-ups. */
function raw(): Subject {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  return {
    every: (id, periodMs, job) => {
      const fire = (): void => {
        job();
        timers.set(id, setTimeout(fire, periodMs));
      };
      timers.set(id, setTimeout(fire, periodMs));
    },
    stop: (id) => {
      clearTimeout(timers.get(id));
      timers.delete(id);
    },
  };
}

/** The same on a grid: without the drift. */
function rawOnGrid(): Subject {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  return {
    every: (id, periodMs, job) => {
      let next = Date.now() + periodMs;
      const fire = (): void => {
        job();
        next += periodMs;
        timers.set(id, setTimeout(fire, next - Date.now()));
      };
      timers.set(id, setTimeout(fire, periodMs));
    },
    stop: (id) => {
      clearTimeout(timers.get(id));
      timers.delete(id);
    },
  };
}

function rxjs(make: (periodMs: number, job: () => void) => Subscription): Subject {
  const subscriptions = new Map<string, Subscription>();
  return {
    every: (id, periodMs, job) => subscriptions.set(id, make(periodMs, job)),
    stop: (id) => {
      subscriptions.get(id)?.unsubscribe();
      subscriptions.delete(id);
    },
  };
}

/** Subjects that run in Node and in browsers. */
export const everywhere: Readonly<Record<string, MakeSubject>> = {
  'this package': () => ours(0),
  'this package, slackMs 10': () => ours(10),
  'this package, outcomes$': () => ours(0, (scheduler) => scheduler.outcomes$.subscribe(() => undefined)),
  'this package, events of one type': () => ours(0, (scheduler) => scheduler.events({ types: ['succeeded'] }).subscribe(() => undefined)),
  'this package, events of a rare type': () => ours(0, (scheduler) => scheduler.events({ types: ['failed'] }).subscribe(() => undefined)),
  'this package, events$': () => ours(0, (scheduler) => scheduler.events$.subscribe(() => undefined)),
  'raw setTimeout': raw,
  'raw setTimeout on a grid': rawOnGrid,
  'rxjs interval': () => rxjs((periodMs, job) => interval(periodMs).subscribe(job)),
  'rxjs pipe': () => {
    const paused = false;
    return rxjs((periodMs, job) =>
      interval(periodMs)
        .pipe(
          filter(() => !paused),
          concatMap(() => defer(() => of(job())).pipe(catchError(() => EMPTY))),
          tap(() => undefined),
        )
        .subscribe(),
    );
  },
  // the trigger of this package without a scheduler: what an app pays that pipes it
  'bare intervalTrigger': () => rxjs((periodMs, job) => intervalTrigger(periodMs).subscribe(job)),
  croner: () => {
    const jobs = new Map<string, Cron>();
    const cron = (id: string, expression: string, job: () => void): void => {
      jobs.set(id, new Cron(expression, { timezone: ZONE }, job));
    };
    return {
      everySecond: (id, job) => {
        cron(id, '* * * * * *', job);
      },
      cron,
      stop: (id) => jobs.get(id)?.stop(),
    };
  },
};
