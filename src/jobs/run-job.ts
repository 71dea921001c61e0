import { Observable } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import { checkKeys } from '../checks/check.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { jobName } from '../errors/job-name.js';
import { guardLog } from '../guards/guard-log.js';
import type { JobCommand } from '../model/job-command.js';
import type { ArgsJobDefinition, JobDefinition, RunJobDefinition } from './job-definition.js';
import type { JobEvent } from '../model/job-event.js';
import type { LogFunction, LoggerOption } from '../model/logger.js';
import type { Clock } from '../time/clock.js';
import { checkedClock, timersOf } from '../time/world.js';
import { Job } from './job.js';
import type { JobObserver } from './job-context.js';
import { Planner } from './job-plan.js';
import { checkedLogger } from './loggers.js';

/** Options of {@link runJob}. */
export interface RunJobOptions {
  /** Where time comes from. Default: the clock in force when it is subscribed. */
  readonly clock?: Clock | undefined;
  /** Where failures go that are not the outcome of a run. Default: warnings and errors to the console. */
  readonly logger?: LoggerOption | undefined;
}

/**
 * One job as an operator: commands in, the events of its log out.
 *
 * Every subscription is a job of its own. It completes with `completed` or `removed` and never errors; unsubscribing ends the job
 * at once and tells nothing more. Use it to build a job into a stream of your own; a `Scheduler` is a registry of these.
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
 * @param definition the job's id, trigger, function and options.
 * @throws InvalidOptionError when the id, the function or an option is not what it must be.
 * @throws InvalidTriggerError when the trigger is no Observable.
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
      const observer: JobObserver = { hasListener: () => true, jobEvent, jobChanged: () => undefined };
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
            log({ level: 'error', message: `${jobName(jobId)}: its commands failed; it goes on without them`, jobId, error });
          },
        }),
      );
      job.start(trigger);
    });
}

/** A command comes from a stream, where nothing can be thrown to its source: one that is not known is reported. */
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
