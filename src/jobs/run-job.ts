import type { OperatorFunction } from 'rxjs';
import { Observable } from 'rxjs';
import { checkKeys } from '../checks/check.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { jobName } from '../errors/job-name.js';
import { guardLog } from '../guards/guard-log.js';
import type { JobCommand } from '../model/job-command.js';
import type { JobEvent } from '../model/job-event.js';
import type { LogFunction, LoggerOption } from '../model/logger.js';
import type { Clock } from '../time/clock.js';
import { checkedClock, timersOf } from '../time/world.js';
import { Job } from './job.js';
import type { JobObserver } from './job-context.js';
import type { ArgsJobDefinition, JobDefinition, RunJobDefinition } from './job-definition.js';
import { Planner } from './job-plan.js';
import { checkedLogger } from './loggers.js';

/** Options of {@link runJob}. */
export interface RunJobOptions {
  /**
   * The clock of the job.
   *
   * @default the clock in force at the subscription
   */
  readonly clock?: Clock | undefined;
  /**
   * Gets failures that are not the outcome of a run.
   *
   * @default warnings and errors to the console
   */
  readonly logger?: LoggerOption | undefined;
}

/**
 * Runs one job as an operator: commands in, events out.
 *
 * Every subscription is a separate job. It completes after `completed` or `removed` and never errors. Unsubscribing ends the job at once,
 * without further events. Use it to build a job into your own stream. To manage several jobs, use a `Scheduler`.
 *
 * ## Example
 *
 * ```ts
 * import { NEVER } from 'rxjs';
 * import { intervalTrigger, runJob } from 'extended-scheduler';
 *
 * NEVER.pipe(runJob({ jobId: 'tick', trigger: intervalTrigger(1000, { maxRuns: 2 }), job: () => 'tock' }))
 *   .subscribe((event) => console.log(event.type));
 * // Logs:
 * // added
 * // armed
 * // fired
 * // armed
 * // started
 * // emitted
 * // succeeded
 * // fired
 * // started
 * // emitted
 * // succeeded
 * // completed
 * ```
 *
 * @param definition the id, trigger, function and options of the job.
 * @param options the clock and the logger.
 * @returns an operator from commands to events.
 * @throws InvalidOptionError if the id, the function or an option is not valid.
 * @throws InvalidTriggerError if the trigger is not an Observable.
 */
export function runJob<A extends readonly unknown[]>(
  definition: ArgsJobDefinition<A>,
  options?: RunJobOptions,
): OperatorFunction<JobCommand, JobEvent>;
export function runJob<Source extends Observable<unknown>>(
  definition: RunJobDefinition<Source>,
  options?: RunJobOptions,
): OperatorFunction<JobCommand, JobEvent>;
export function runJob(definition: JobDefinition, options: RunJobOptions = {}): OperatorFunction<JobCommand, JobEvent> {
  checkKeys('runJob(definition)', definition, ['jobId', 'trigger', 'job', 'options']);
  checkKeys('runJob(options)', options, ['clock', 'logger']);
  const { trigger } = definition;
  const clock = checkedClock('runJob(options.clock)', options.clock);
  const plan = new Planner().plan(definition, { name: 'runJob', also: [] });
  const log = guardLog(checkedLogger('runJob(options.logger)', options.logger));
  return (commands$) =>
    new Observable((subscriber) => {
      const jobEvent = (_: unknown, event: JobEvent): void => {
        subscriber.next(event);
        if (event.type === 'completed' || event.type === 'removed') subscriber.complete();
      };
      const ignore = (): void => undefined;
      const observer: JobObserver = { hasListener: () => true, followsOutcomes: false, jobEvent, jobOutcome: ignore, jobChanged: ignore };
      const job = new Job(plan, { timers: timersOf(clock), weak: false, observer, log });
      subscriber.add(job);
      job.announce();
      subscriber.add(
        commands$.subscribe({
          next: (command) => {
            obey(job, command, log);
          },
          error: (error: unknown) => {
            const { jobId } = plan;
            log({ level: 'error', message: `${jobName(jobId)}: its stream of commands failed; the job continues`, jobId, error });
          },
        }),
      );
      job.start(trigger);
    });
}

/** Carries out a command. An unknown command is logged: the stream that it comes from cannot catch an error. */
function obey(job: Job, command: JobCommand, log: LogFunction): void {
  switch (command.type) {
    case 'pause':
      job.pause();
      break;
    case 'resume':
      job.resume();
      break;
    case 'run-now':
      job.runNow();
      break;
    case 'remove':
      job.remove(command);
      break;
    default: {
      const { jobId } = job;
      const error = new InvalidOptionError('runJob(commands$)', command, 'a command of type pause, resume, run-now or remove');
      log({ level: 'error', message: `${jobName(jobId)}: a command was ignored`, jobId, error });
    }
  }
}
