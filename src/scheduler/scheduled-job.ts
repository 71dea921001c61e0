import type { Observable } from 'rxjs';
import { Place } from '../checks/place.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import type { JobDefinition, ValueOf, WithArgs, WithoutArgs } from '../jobs/job-definition.js';
import type { Caller } from '../jobs/job-plan.js';
import { checkJobOptions } from '../jobs/job-plan.js';
import type { JobOptions } from '../model/job-options.js';
import type { JobRun } from '../model/job-run.js';
import type { JobRegistry } from './job-registry.js';

type AnyFunction = (...args: never[]) => unknown;

const SCHEDULED_JOB: Caller = { name: 'scheduledJob', also: [] };

/** The result of {@link scheduledJob} for functions of the type `F`: a method decorator of either kind, or a wrapper. */
export interface ScheduledJobDecorator<F extends AnyFunction> {
  /** A standard decorator. An instance method becomes a job when an instance is created, a static method when the class is. */
  (method: F, context: ClassMethodDecoratorContext): void;
  /** A legacy decorator (`experimentalDecorators`), for static methods. */
  (target: object, key: string | symbol, descriptor: { readonly value?: F }): void;
  /** Adds a plain function as a job, and returns the function. */
  <G extends F>(job: G): G;
}

/**
 * Adds a method or a function as a job where it is defined.
 *
 * With standard decorators an instance method runs on its instance. Legacy decorators (`experimentalDecorators`, as in Angular's template)
 * have no access to instances: there you can decorate static methods only. For other methods call `addJob` in the constructor. For services
 * of Angular use the decorator of the same name from `extended-scheduler/angular`.
 *
 * ## Example
 *
 * ```ts
 * import { Scheduler, intervalTrigger, scheduledJob } from 'extended-scheduler';
 *
 * const scheduler = new Scheduler();
 * const automatedTask = scheduledJob(scheduler, 'automated_task', intervalTrigger({ minutes: 1 }, { maxRuns: 2 }))(() => {
 *   console.log('This runs every minute');
 * });
 * console.log(typeof automatedTask, scheduler.listJobs());
 * // Logs:
 * // function [ 'automated_task' ]
 * // This runs every minute
 * // This runs every minute
 * ```
 *
 * @param registry the scheduler that gets the job.
 * @param jobId the id. Only one instance of a class can have it.
 * @param trigger a trigger, or any other Observable.
 * @param options how the job runs.
 * @returns a decorator, which also wraps plain functions.
 * @throws InvalidOptionError if the id is in use, or if a legacy decorator is on an instance method.
 * @see the manual, "Add Job Decorators", for the Python version
 */
export function scheduledJob<A extends readonly unknown[]>(
  registry: JobRegistry,
  jobId: string,
  trigger: Observable<unknown>,
  options: JobOptions & WithArgs<A>,
): ScheduledJobDecorator<(...args: A) => unknown>;
export function scheduledJob<Source extends Observable<unknown>>(
  registry: JobRegistry,
  jobId: string,
  trigger: Source,
  options?: JobOptions & WithoutArgs,
): ScheduledJobDecorator<(run: JobRun<ValueOf<Source>>) => unknown>;
export function scheduledJob(
  registry: JobRegistry,
  jobId: string,
  trigger: Observable<unknown>,
  options?: JobDefinition['options'],
): unknown {
  if (!isRegistry(registry)) throw new InvalidOptionError('scheduledJob(registry)', registry, 'a Scheduler or a JobRegistry');
  const given = options === undefined ? undefined : checkJobOptions(new Place('scheduledJob', 'options'), options);
  const add = (job: AnyFunction): void => {
    if (!registry.add({ jobId, trigger, job, options: given }, SCHEDULED_JOB))
      throw new InvalidOptionError('scheduledJob(jobId)', jobId, 'an id that is not in use');
  };

  function decorate(
    target: AnyFunction | object,
    contextOrKey?: ClassMethodDecoratorContext | string | symbol,
    descriptor?: PropertyDescriptor,
  ): unknown {
    if (contextOrKey === undefined) {
      add(target as AnyFunction);
      return target;
    }
    if (typeof contextOrKey === 'object') {
      contextOrKey.addInitializer(function () {
        add((...args) => (target as AnyFunction).apply(this, args));
      });
      return undefined;
    }
    if (typeof target !== 'function') {
      throw new InvalidOptionError(
        'scheduledJob',
        contextOrKey,
        'a static method: a legacy decorator has no access to instances; call addJob in the constructor instead',
      );
    }
    const method = descriptor?.value as AnyFunction;
    add((...args) => method.apply(target as never, args));
    return undefined;
  }
  return decorate;
}

/** Checks methods, not `instanceof`: the registry may come from another copy of this package. */
function isRegistry(registry: unknown): boolean {
  if (typeof registry !== 'object' || registry === null) return false;
  const { add, addJob } = registry as Partial<JobRegistry>;
  return typeof add === 'function' && typeof addJob === 'function';
}
